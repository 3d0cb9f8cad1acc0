package io.porpoise.conformance.form;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a step waits for: {@code A is RUNNING}, {@code instance 2 is PAUSED}, {@code A waits for
 * NO_WORKER}, {@code A is in attempt 2}.
 *
 * @param state null: any
 * @param reason null: any
 * @param attempt 0: any
 */
public record Condition(Subject subject, String state, String reason, int attempt) {
  private static final Pattern FORM =
      Pattern.compile("(.+?) (?:is in attempt ([0-9]{1,3})|is ([A-Z_]+)|waits for ([A-Z_]+))");

  static Condition parse(Item at, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw at.bad(
          "'%s' is no condition; allowed: SUBJECT is STATE, SUBJECT waits for REASON,"
              + " TASK is in attempt N",
          text);
    }
    Subject subject = Subject.parse(at, matcher.group(1));
    int attempt = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    if (matcher.group(3) != null) {
      States.check(at, subject, matcher.group(3));
    }
    return new Condition(subject, matcher.group(3), matcher.group(4), attempt);
  }
}
