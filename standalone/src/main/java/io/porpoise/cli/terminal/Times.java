package io.porpoise.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times as people read them: the server's instants in the time zone of this machine. */
public final class Times {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private Times() {}

  /** Null if there is none, or if it is none. */
  public static Instant parse(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  public static String local(Instant instant) {
    return instant == null ? "" : LOCAL.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** To the millisecond. */
  public static String exact(Instant instant) {
    return instant == null ? "" : EXACT.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** From {@code start} to {@code end}, or to {@code now} if it has not ended. */
  public static String span(Instant start, Instant end, Instant now) {
    if (start == null) {
      return "";
    }
    return text(Duration.between(start, end == null ? now : end));
  }

  /** {@code 0.21 s}, {@code 12.3 s}, {@code 4 min 5 s}, {@code 3 h 10 min}, {@code 2 d 4 h}. */
  public static String text(Duration duration) {
    Duration d = duration.isNegative() ? Duration.ZERO : duration;
    if (d.toSeconds() < 10) {
      return String.format(Locale.ROOT, "%.2f s", d.toMillis() / 1000.0);
    } else if (d.toSeconds() < 60) {
      return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
    } else if (d.toMinutes() < 60) {
      return d.toMinutes() + " min " + d.toSecondsPart() + " s";
    } else if (d.toHours() < 24) {
      return d.toHours() + " h " + d.toMinutesPart() + " min";
    }
    return d.toDays() + " d " + d.toHoursPart() + " h";
  }

  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    double value = bytes / Math.pow(1024, unit);
    return String.format(Locale.ROOT, "%.1f %ciB", value, "KMGTPE".charAt(unit - 1));
  }
}
