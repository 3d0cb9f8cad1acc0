package io.porpoise.conformance.form;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one process of a task does: {@code succeed after 1s with rows=42 and day=monday}, {@code
 * fail(3)}, {@code hang}.
 *
 * @param duration null: until it is killed
 * @param outputs what it sets before it ends
 */
public record Deed(int exitCode, Duration duration, Map<String, String> outputs) {
  /** What a task does that the script does not name. */
  public static final Deed SUCCEED = new Deed(0, Duration.ZERO, Map.of());

  private static final Pattern FORM =
      Pattern.compile(
          "(succeed|fail\\(([0-9]{1,3})\\)|hang)(?: after (" + Times.FORM + "))?(?: with (.+))?",
          Pattern.DOTALL);

  static Deed read(Item item) {
    Matcher matcher = FORM.matcher(item.text());
    if (!matcher.matches()) {
      throw item.bad(
          "'%s' is nothing that a task does; allowed: succeed, fail(CODE) or hang,"
              + " then: after DURATION, then: with KEY=VALUE and KEY=VALUE",
          item.text());
    }
    String after = matcher.group(3);
    boolean hangs = matcher.group(1).equals("hang");
    if (hangs && after != null) {
      throw item.bad("who hangs does nothing after %s", after);
    }
    Duration duration = after == null ? Duration.ZERO : Times.parse(item, after);
    int exitCode = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return new Deed(exitCode, hangs ? null : duration, outputs(item, matcher.group(4)));
  }

  private static Map<String, String> outputs(Item item, String text) {
    Map<String, String> outputs = new LinkedHashMap<>();
    if (text != null) {
      for (String pair : text.split(" and (?=[A-Za-z0-9_.-]+=)")) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw item.bad("'%s' sets no output; it should be KEY=VALUE", pair);
        }
        outputs.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return outputs;
  }
}
