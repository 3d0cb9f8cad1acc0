package io.porpoise.conformance.form;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in cases: {@code 500ms}, {@code 1s}, {@code 2m}. */
final class Times {
  static final String FORM = "[0-9]{1,6}(?:ms|s|m)";
  private static final Pattern PARTS = Pattern.compile("([0-9]+)(ms|s|m)");

  private Times() {}

  static Duration parse(Item at, String text) {
    Matcher matcher = PARTS.matcher(text);
    if (!matcher.matches()) {
      throw at.bad("'%s' is no duration such as 500ms, 1s or 2m", text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
