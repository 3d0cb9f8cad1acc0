package io.porpoise.api.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
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
    return nearest(wrong, known)
        .map(name -> " Did you mean '" + name + "'?")
        .orElse(known.isEmpty() ? "" : " Known: " + String.join(", ", new TreeSet<>(known)) + ".");
  }

  private static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() > 100) {
      return Optional.empty();
    }
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 3));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
