package io.porpoise.node.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the texts of values by the type of their component, within their limits. */
final class ValueParser {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)?");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private ValueParser() {}

  /**
   * @throws IllegalArgumentException saying what is allowed, as the rest of a sentence that begins
   *     with "must be"
   */
  static Object parse(Type type, List<String> values, Setting setting) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return list(values);
    }
    String text = values.size() == 1 ? values.get(0).strip() : String.join(",", values);
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(parse(generic.getActualTypeArguments()[0], values, setting));
    }
    return scalar((Class<?>) type, text, setting);
  }

  private static Object scalar(Class<?> type, String text, Setting setting) {
    if (type == String.class) {
      return text;
    }
    if (type == Secret.class) {
      return new Secret(text);
    }
    if (type == Path.class) {
      return path(text);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    Comparable<?> value = comparable(type, text);
    if (value == null || isOutside(type, value, setting)) {
      throw new IllegalArgumentException(allowed(type, setting));
    }
    return type == ByteSize.class ? new ByteSize((Long) value) : value;
  }

  /** The value in a form that has an order, or null when the text does not have the type's form. */
  private static Comparable<?> comparable(Class<?> type, String text) {
    try {
      if (type == int.class) {
        return Integer.valueOf(text);
      }
      if (type == double.class) {
        Double value = Double.valueOf(text);
        return value.isNaN() ? null : value;
      }
    } catch (NumberFormatException e) {
      return null;
    }
    if (type == Duration.class) {
      Matcher matcher = DURATION.matcher(text);
      return matcher.matches()
          ? Duration.ofMillis(Long.parseLong(matcher.group(1)) * MILLIS.get(matcher.group(2)))
          : null;
    }
    if (type == ByteSize.class) {
      Matcher matcher = SIZE.matcher(text);
      if (!matcher.matches()) {
        return null;
      }
      String unit = matcher.group(2) == null ? "B" : matcher.group(2);
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), BYTES.get(unit));
    }
    throw new IllegalStateException("no notation for " + type);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static boolean isOutside(Class<?> type, Comparable value, Setting setting) {
    return (!setting.min().isEmpty() && value.compareTo(comparable(type, setting.min())) < 0)
        || (!setting.max().isEmpty() && value.compareTo(comparable(type, setting.max())) > 0);
  }

  private static String allowed(Class<?> type, Setting setting) {
    String what =
        type == int.class
            ? "a whole number"
            : type == double.class
                ? "a number"
                : type == Duration.class
                    ? "a duration (200ms, 5s, 10m, 2h, 7d)"
                    : "a size (65536, 64KiB, 4MiB, 2GiB)";
    return what + " from " + setting.min() + " to " + setting.max();
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "one of ", "")));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (java.nio.file.InvalidPathException e) {
      throw new IllegalArgumentException("a path", e);
    }
  }

  /** A list is a YAML list, or one text with commas. */
  private static List<String> list(List<String> values) {
    return values.stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
