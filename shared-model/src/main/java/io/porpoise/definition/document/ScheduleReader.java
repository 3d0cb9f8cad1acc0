package io.porpoise.definition.document;

import io.porpoise.definition.ScheduleSettings;
import io.porpoise.definition.ScheduleSettings.Misfire;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The keys of {@code workflow} that say when it starts by itself. */
final class ScheduleReader {
  private static final Pattern CRON_LETTERS = Pattern.compile("[A-Za-z0-9*/,?# -]+");
  private static final Duration EVERY_MIN = Duration.ofSeconds(1);
  private static final List<DateTimeFormatter> TIMES =
      formatters(
          "uuuu-MM-dd HH:mm:ss", "uuuu/MM/dd HH:mm:ss", "uuuuMMdd HHmmss", "uuuu-MM-dd'T'HH:mm:ss");
  private static final List<DateTimeFormatter> DAYS =
      formatters("uuuu-MM-dd", "uuuu/MM/dd", "uuuuMMdd");

  private ScheduleReader() {}

  static ScheduleSettings read(Keys keys) {
    Value cron = keys.take("schedule");
    Value every = keys.take("every");
    if (cron != null && every != null) {
      every.wrong("\"schedule\" and \"every\" exclude each other; keep one");
    }
    ScheduleSettings settings =
        new ScheduleSettings(
            cron == null ? null : cron(cron),
            every == null ? null : every(every),
            keys.take("timezone", null, ScheduleReader::zone),
            keys.take("start_time", null, ScheduleReader::time),
            keys.take("end_time", null, ScheduleReader::time),
            keys.take("misfire", null, v -> v.choice(Misfire.class, null)),
            keys.take("online_schedule", null, Value::flag));
    if (settings.start() != null
        && settings.end() != null
        && !settings.end().isAfter(settings.start())) {
      keys.owner().wrong("end_time must be after start_time");
    }
    return settings;
  }

  private static Duration every(Value value) {
    Duration every = value.duration();
    if (every.compareTo(EVERY_MIN) < 0) {
      value.wrong("must be at least 1s");
    }
    return every;
  }

  /**
   * Only the form is checked here; what a field may hold is checked by who computes the fire times.
   */
  private static String cron(Value value) {
    String cron = value.text(Limits.NAME_CHARS_MAX).strip().replaceAll("\\s+", " ");
    int fields = cron.split(" ").length;
    if (fields < 6 || fields > 7) {
      value.wrong(
          "must be a cron of 6 or 7 fields (second minute hour day-of-month month day-of-week [year]), has "
              + fields);
    } else if (!CRON_LETTERS.matcher(cron).matches()) {
      value.wrong(
          "a cron has only letters, digits and * / , - ? # in its fields, is \"" + cron + "\"");
    }
    return cron;
  }

  private static ZoneId zone(Value value) {
    String name = value.text(Limits.NAME_CHARS_MAX).strip();
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      value.wrong(
          "unknown time zone \""
              + name
              + "\""
              + value.reading().didYouMean(name, ZoneId.getAvailableZoneIds())
              + " (names are like Europe/Berlin or UTC)");
      return null;
    }
  }

  private static LocalDateTime time(Value value) {
    String text = value.text(Limits.NAME_CHARS_MAX).strip();
    for (DateTimeFormatter form : TIMES) {
      try {
        return LocalDateTime.parse(text, form);
      } catch (DateTimeException otherForm) {
        continue;
      }
    }
    for (DateTimeFormatter form : DAYS) {
      try {
        return LocalDate.parse(text, form).atStartOfDay();
      } catch (DateTimeException otherForm) {
        continue;
      }
    }
    value.wrongType("a date or time such as 2026-01-31 or 2026-01-31 08:30:00");
    return null;
  }

  private static List<DateTimeFormatter> formatters(String... patterns) {
    return java.util.Arrays.stream(patterns)
        .map(
            p ->
                DateTimeFormatter.ofPattern(p, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT))
        .toList();
  }

  static String print(LocalDateTime time) {
    return TIMES.get(0).format(time);
  }
}
