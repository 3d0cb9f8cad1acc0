package io.porpoise.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The kinds of values: texts, numbers (BigDecimal), flags (Boolean) and lists, and what one of them
 * is as another.
 */
final class Values {
  static final MathContext DIGITS = new MathContext(Bounds.DIGITS);

  private static final Pattern NUMBER = Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)");
  private static final int SHOWN_CHARS_MAX = 40;

  private Values() {}

  /** A parameter's value, by its looks. */
  static Object ofText(String text) {
    BigDecimal number = numberOrNull(text);
    if (number != null) {
      return number;
    }
    Boolean flag = flagOrNull(text);
    return flag == null ? text : flag;
  }

  /** The number that a number is, or a text that looks like one; null: neither. */
  static BigDecimal numberOrNull(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof String text && text.length() <= Bounds.NUMBER_CHARS_MAX) {
      String stripped = text.strip();
      return NUMBER.matcher(stripped).matches() ? new BigDecimal(stripped) : null;
    }
    return null;
  }

  static Boolean flagOrNull(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof String text && text.length() <= Bounds.NUMBER_CHARS_MAX) {
      String stripped = text.strip();
      if (stripped.equalsIgnoreCase("true") || stripped.equalsIgnoreCase("false")) {
        return stripped.equalsIgnoreCase("true");
      }
    }
    return null;
  }

  static BigDecimal number(Object value, String operator) {
    BigDecimal number = numberOrNull(value);
    if (number == null) {
      throw new Unusable(operator + " needs numbers, not " + shown(value));
    }
    return number;
  }

  /** The text of anything but a list. */
  static String text(Object value, String operator) {
    if (value instanceof List) {
      throw new Unusable(operator + " cannot take a list");
    }
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  static BigDecimal bounded(BigDecimal number) {
    long magnitude = (long) number.precision() - number.scale();
    if (number.signum() != 0 && Math.abs(magnitude) > Bounds.EXPONENT_MAX) {
      throw new Unusable(
          "a number is too large or too small: beyond 10 to the power of " + Bounds.EXPONENT_MAX);
    }
    return number.signum() == 0 ? BigDecimal.ZERO : number;
  }

  static <T extends CharSequence> T bounded(T text) {
    if (text.length() > Bounds.TEXT_CHARS_MAX) {
      throw new Unusable("a text grows above " + Bounds.TEXT_CHARS_MAX + " characters");
    }
    return text;
  }

  /** As messages name it. */
  static String shown(Object value) {
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof String text) {
      String line = text.replaceAll("\\s+", " ");
      return "the text \"" + cut(line) + "\"";
    }
    return (value instanceof BigDecimal ? "the number " : "") + cut(text(value, ""));
  }

  private static String cut(String text) {
    return text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) + "…" : text;
  }
}
