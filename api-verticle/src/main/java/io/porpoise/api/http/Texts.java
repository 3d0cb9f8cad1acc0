package io.porpoise.api.http;

import io.porpoise.text.Nearest;
import java.time.Instant;
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
    return instant == null ? null : TIME.format(instant);
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
