package io.porpoise.api.http;

import io.porpoise.text.Nearest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.TreeSet;

/** Small texts of answers. */
public final class Texts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private Texts() {}

  /** ISO 8601 in UTC to the millisecond; null for null. */
  public static String time(Instant instant) {
    if (instant == null) {
      return null;
    }
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    if (time.getYear() < 1000 || time.getYear() > 9999) {
      return TIME.format(instant);
    }
    // By hand, for a page of 10,000 tasks has 50,000 of them and the formatter takes a microsecond.
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    digits(text, 4, time.getYear());
    digits(text, 7, time.getMonthValue());
    digits(text, 10, time.getDayOfMonth());
    digits(text, 13, time.getHour());
    digits(text, 16, time.getMinute());
    digits(text, 19, time.getSecond());
    digits(text, 23, time.getNano() / 1_000_000);
    return new String(text);
  }

  /** Writes a number so that it ends before a position. */
  private static void digits(char[] text, int end, int number) {
    for (int at = end - 1, left = number; left > 0; at--, left /= 10) {
      text[at] = (char) ('0' + left % 10);
    }
  }

  /** Foreign text as it may stand in a message: short, without control characters. */
  public static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= 100 ? clean : clean.substring(0, 97) + "...";
  }

  /** " Did you mean x?" or " Known are x, y." */
  public static String hint(String wrong, Collection<String> known) {
    return Nearest.to(wrong, known)
        .map(name -> " Did you mean '" + name + "'?")
        .orElse(known.isEmpty() ? "" : " Known: " + String.join(", ", new TreeSet<>(known)) + ".");
  }
}
