package io.porpoise.parameter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Replaces {@code ${name}} in texts and in trees of texts. The innermost placeholder goes first, so
 * that a name may itself be made of placeholders; what has no value stays as it is written, as
 * shells have the same notation.
 *
 * <p>One pass, linear in the text whatever it looks like. Values are put in as {@code lookup} gives
 * them.
 */
public final class Placeholders {
  /** Longer names are no names: the text between a stray {@code ${} and a far brace. */
  static final int NAME_CHARS_MAX = 255;

  private Placeholders() {}

  /**
   * Returns the very same text when there is nothing to replace.
   *
   * @param lookup from a name to its value, null when it has none
   * @throws TextTooLarge above {@code charsMax}
   */
  public static String replace(String text, UnaryOperator<String> lookup, int charsMax) {
    int at = text.indexOf("${");
    if (at < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 32).append(text, 0, at);
    Starts open = new Starts();
    boolean changed = false;
    for (int length = text.length(); at < length; at++) {
      char c = text.charAt(at);
      if (c == '$' && at + 1 < length && text.charAt(at + 1) == '{') {
        open.push(out.length());
        out.append("${");
        at++;
      } else if (c == '{' && !open.isEmpty()) {
        open.push(Starts.PLAIN_BRACE);
        out.append(c);
      } else if (c == '}' && !open.isEmpty()) {
        changed |= close(out, open.pop(), lookup);
        if (out.length() > charsMax) {
          throw new TextTooLarge(charsMax);
        }
      } else {
        out.append(c);
      }
    }
    return changed ? out.toString() : text;
  }

  private static boolean close(StringBuilder out, int start, UnaryOperator<String> lookup) {
    int nameChars = out.length() - start - 2;
    if (start != Starts.PLAIN_BRACE && nameChars > 0 && nameChars <= NAME_CHARS_MAX) {
      String value = lookup.apply(out.substring(start + 2));
      if (value != null) {
        out.setLength(start);
        out.append(value);
        return true;
      }
    }
    out.append('}');
    return false;
  }

  /**
   * Applies {@code change} to every text in a tree of maps and lists; keys stay. Parts without a
   * change are shared with the given tree, and a tree without any change is returned itself.
   */
  public static Object inTree(Object tree, UnaryOperator<String> change) {
    if (tree instanceof String text) {
      return change.apply(text);
    }
    if (tree instanceof Map<?, ?> map) {
      return inMap(map, change);
    }
    return tree instanceof List<?> list ? inList(list, change) : tree;
  }

  private static Object inMap(Map<?, ?> map, UnaryOperator<String> change) {
    Map<Object, Object> changed = null;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = inTree(entry.getValue(), change);
      if (value != entry.getValue()) {
        if (changed == null) {
          changed = new LinkedHashMap<>(map);
        }
        changed.put(entry.getKey(), value);
      }
    }
    return changed == null ? map : changed;
  }

  private static Object inList(List<?> list, UnaryOperator<String> change) {
    List<Object> changed = null;
    for (int i = 0; i < list.size(); i++) {
      Object value = inTree(list.get(i), change);
      if (value != list.get(i)) {
        if (changed == null) {
          changed = new ArrayList<>(list);
        }
        changed.set(i, value);
      }
    }
    return changed == null ? list : changed;
  }

  /** A text would grow above its limit. */
  public static final class TextTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TextTooLarge(int charsMax) {
      this("resolved text larger than " + charsMax + " characters");
    }

    private TextTooLarge(String message) {
      super(message, null, false, false);
    }

    static TextTooLarge together(int max, String unit) {
      return new TextTooLarge("all together larger than " + max + " " + unit);
    }
  }

  /** The positions of the braces that are open: a stack of ints. */
  private static final class Starts {
    static final int PLAIN_BRACE = -1;
    private int[] positions = new int[8];
    private int size;

    boolean isEmpty() {
      return size == 0;
    }

    void push(int position) {
      if (size == positions.length) {
        positions = java.util.Arrays.copyOf(positions, size * 2);
      }
      positions[size++] = position;
    }

    int pop() {
      return positions[--size];
    }
  }
}
