package io.porpoise.definition.document;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in documents: bare numbers are minutes; {@code 90s}, {@code 2h}, {@code 1d}, {@code
 * 1h30m}.
 */
public final class Durations {
  private static final Duration MAX = Duration.ofDays(3650);
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

  private Durations() {}

  /** Null when the text is no duration or one above ten years. */
  public static Duration parse(String text) {
    String form = text.strip().replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    if (!form.isEmpty() && form.length() <= 9 && form.chars().allMatch(c -> c >= '0' && c <= '9')) {
      form += "m";
    }
    Matcher matcher = FORM.matcher(form);
    if (form.isEmpty() || !matcher.matches()) {
      return null;
    }
    Duration duration =
        Duration.ofDays(number(matcher.group(1)))
            .plusHours(number(matcher.group(2)))
            .plusMinutes(number(matcher.group(3)))
            .plusSeconds(number(matcher.group(4)));
    return duration.compareTo(MAX) > 0 ? null : duration;
  }

  /** The shortest form with one unit, to the second. */
  public static String print(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds > 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds > 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
