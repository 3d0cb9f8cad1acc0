package io.porpoise.cli.source;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A value of a YAML text written anew, as a quoted one that takes up as many lines as the old one.
 *
 * @param start code point at which the old value begins
 * @param end code point behind it
 */
record Edit(int start, int end, String value, boolean isPlain) {
  private static final Pattern SAFE_PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

  static Edit of(ScalarNode scalar, String value) {
    return new Edit(
        scalar.getStartMark().orElseThrow().getIndex(),
        scalar.getEndMark().orElseThrow().getIndex(),
        value,
        scalar.isPlain());
  }

  /** The edits are in the order of the text and do not overlap. */
  static String apply(String text, List<Edit> edits) {
    if (edits.isEmpty()) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    StringBuilder result = new StringBuilder(text.length());
    int at = 0;
    for (Edit edit : edits) {
      if (edit.start < at) {
        continue; // the same node again, by an alias
      }
      result.append(new String(points, at, edit.start - at));
      result.append(edit.written(new String(points, edit.start, edit.end - edit.start)));
      at = edit.end;
    }
    return result.append(new String(points, at, points.length - at)).toString();
  }

  private String written(String old) {
    // $ENV{RETRIES} stands for a number as well: what needs no quotes gets none.
    String quoted =
        isPlain && SAFE_PLAIN.matcher(value).matches() ? value : TextNode.valueOf(value).toString();
    int lastBreak = old.lastIndexOf('\n');
    if (lastBreak < 0) {
      return quoted;
    }
    // The mark of a block scalar's end lies behind the indentation of the next line: that stays.
    String indentation = old.substring(lastBreak + 1);
    return quoted
        + "\n".repeat((int) old.chars().filter(c -> c == '\n').count())
        + (indentation.isBlank() ? indentation : "");
  }
}
