package io.porpoise.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What may be called on a text or a list. There are no other methods. */
final class Methods {
  /** How many arguments each of them takes. */
  static final Map<String, Integer> ARGUMENTS =
      Map.of(
          "length", 0,
          "trim", 0,
          "toLowerCase", 0,
          "toUpperCase", 0,
          "contains", 1,
          "includes", 1,
          "startsWith", 1,
          "endsWith", 1,
          "indexOf", 1);

  private Methods() {}

  static Object call(Object on, String name, Object... arguments) {
    Integer wanted = ARGUMENTS.get(name);
    if (wanted == null) {
      throw new Unusable("there is no method " + name + "()");
    }
    if (wanted != arguments.length) {
      throw new Unusable(
          name
              + "() takes "
              + (wanted == 0 ? "no value" : "one value")
              + ", not "
              + arguments.length);
    }
    if (on instanceof List<?> list) {
      return onList(list, name, arguments);
    }
    if (on instanceof Boolean) {
      throw new Unusable(name + "() cannot be asked of true or false");
    }
    return onText(Values.text(on, name), name, arguments);
  }

  private static Object onList(List<?> list, String name, Object... arguments) {
    return switch (name) {
      case "length" -> BigDecimal.valueOf(list.size());
      case "contains", "includes" -> indexOf(list, arguments[0]) >= 0;
      case "indexOf" -> BigDecimal.valueOf(indexOf(list, arguments[0]));
      default -> throw new Unusable(name + "() cannot be asked of a list");
    };
  }

  private static int indexOf(List<?> list, Object value) {
    for (int i = 0; i < list.size(); i++) {
      if (Arithmetic.areEqual(list.get(i), value)) {
        return i;
      }
    }
    return -1;
  }

  private static Object onText(String text, String name, Object... arguments) {
    String argument = arguments.length == 0 ? "" : Values.text(arguments[0], name + "()");
    return switch (name) {
      case "length" -> BigDecimal.valueOf(text.length());
      case "trim" -> text.strip();
      case "toLowerCase" -> Values.bounded(text.toLowerCase(Locale.ROOT));
      case "toUpperCase" -> Values.bounded(text.toUpperCase(Locale.ROOT));
      case "contains", "includes" -> indexOf(text, argument) >= 0;
      case "startsWith" -> text.startsWith(argument);
      case "endsWith" -> text.endsWith(argument);
      case "indexOf" -> BigDecimal.valueOf(indexOf(text, argument));
      default -> throw new Unusable("there is no method " + name + "()");
    };
  }

  /** Knuth, Morris and Pratt: String's own search takes the product of the lengths at worst. */
  private static int indexOf(String text, String wanted) {
    int[] borders = new int[wanted.length() + 1];
    borders[0] = -1;
    for (int i = 0, border = -1; i < wanted.length(); i++) {
      while (border >= 0 && wanted.charAt(i) != wanted.charAt(border)) {
        border = borders[border];
      }
      borders[i + 1] = ++border;
    }
    int matched = 0;
    for (int i = 0; i < text.length() && matched < wanted.length(); i++) {
      while (matched >= 0 && text.charAt(i) != wanted.charAt(matched)) {
        matched = borders[matched];
      }
      matched++;
      if (matched == wanted.length()) {
        return i - matched + 1;
      }
    }
    return wanted.isEmpty() ? 0 : -1;
  }
}
