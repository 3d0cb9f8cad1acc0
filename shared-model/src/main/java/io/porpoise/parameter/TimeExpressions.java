package io.porpoise.parameter;

import io.porpoise.parameter.Arithmetic.Fraction;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code $[time expression]} around one base date, as SEMANTICS.md, section 7, lists them. What is
 * not a valid expression stays as it is written.
 *
 * <p>Shifts by whole days, weeks and months keep the local time of day; parts of a day are real
 * time, also over a change of the clocks. Not thread-safe: it remembers its results, because the
 * tasks of an instance tend to ask the same.
 */
final class TimeExpressions {
  static final int EXPRESSION_CHARS_MAX = 256;
  private static final int REMEMBERED_MAX = 256;

  /** In one text, beside those that are remembered; what comes after them stays as written. */
  static final int EVALUATIONS_MAX = 1_000;

  private static final int TIMESTAMP_NESTING_MAX = 4;
  private static final Pattern NUMBER = Pattern.compile("[0-9+\\-*/() ]+");
  private static final long DAY_SECONDS = 86_400;
  private static final DateTimeFormatter TIMESTAMP_FORM =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ENGLISH);

  private final ZonedDateTime base;
  private final Map<String, String> remembered = new LinkedHashMap<>();
  private int evaluations;

  TimeExpressions(ZonedDateTime base) {
    this.base = base;
  }

  /**
   * Replaces every valid expression in {@code text}; returns the very same text when there is none.
   */
  String replace(String text) {
    int start = text.indexOf("$[");
    if (start < 0) {
      return text;
    }
    evaluations = 0;
    StringBuilder out = null;
    int copied = 0;
    while (start >= 0 && evaluations < EVALUATIONS_MAX) {
      int end = endOf(text, start + 2);
      String value = end < 0 ? null : valueOf(text.substring(start + 2, end));
      int next = start + 2;
      if (value != null) {
        out = out == null ? new StringBuilder(text.length() + 16) : out;
        out.append(text, copied, start).append(value);
        copied = next = end + 1;
      }
      start = text.indexOf("$[", next);
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  private static int endOf(String text, int from) {
    int limit = Math.min(text.length(), from + EXPRESSION_CHARS_MAX + 1);
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == ']') {
        return i;
      }
      if (c == '\n' || c == '[') {
        return -1;
      }
    }
    return -1;
  }

  private String valueOf(String expression) {
    if (remembered.containsKey(expression)) {
      return remembered.get(expression);
    }
    evaluations++;
    String value = evaluate(expression, 0);
    if (remembered.size() < REMEMBERED_MAX) {
      remembered.put(expression, value);
    }
    return value;
  }

  /** The value of what stands between the brackets, or null when it is none of the forms. */
  private String evaluate(String expression, int nesting) {
    try {
      Call call = Call.of(expression.strip());
      return call == null ? shifted(expression) : called(call, nesting);
    } catch (DateTimeException
        | IllegalArgumentException
        | ArithmeticException
        | ClassCastException invalid) { // the JDK's answer to a pad letter between two numbers
      return null;
    }
  }

  private String called(Call call, int nesting) {
    return switch (call.name) {
      case "timestamp" -> timestamp(call.arguments, nesting);
      case "this_day" -> format(base, call.arguments);
      case "last_day" -> format(base.minusDays(1), call.arguments);
      case "year_week" -> yearWeek(call);
      case "add_months" -> format(base.plusMonths(call.number()), call.format());
      case "month_begin" -> format(monthBegin(0).plusDays(call.number()), call.format());
      case "month_end" -> format(monthEnd(0).plusDays(call.number()), call.format());
      case "week_begin" -> format(weekBegin(0).plusDays(call.number()), call.format());
      case "week_end" -> format(weekEnd(0).plusDays(call.number()), call.format());
      case "month_first_day" -> format(monthBegin(call.numberOr(0)), call.format());
      case "month_last_day" -> format(monthEnd(call.numberOr(0)), call.format());
      case "week_first_day" -> format(weekBegin(call.numberOr(0)), call.format());
      case "week_last_day" -> format(weekEnd(call.numberOr(0)), call.format());
      default -> null;
    };
  }

  private ZonedDateTime monthBegin(long months) {
    return base.plusMonths(months).with(TemporalAdjusters.firstDayOfMonth());
  }

  private ZonedDateTime monthEnd(long months) {
    return base.plusMonths(months).with(TemporalAdjusters.lastDayOfMonth());
  }

  private ZonedDateTime weekBegin(long weeks) {
    return base.plusWeeks(weeks).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private ZonedDateTime weekEnd(long weeks) {
    return base.plusWeeks(weeks).with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
  }

  private String timestamp(String inner, int nesting) {
    String printed = nesting < TIMESTAMP_NESTING_MAX ? evaluate(inner, nesting + 1) : null;
    return printed == null
        ? null
        : Long.toString(
            LocalDateTime.parse(printed, TIMESTAMP_FORM).atZone(base.getZone()).toEpochSecond());
  }

  /** The year is the week-based one, so that 2021-01-01 is in 2020-53, not in 2021-53. */
  private String yearWeek(Call call) {
    WeekFields weeks = WeekFields.of(DayOfWeek.of((int) call.numberOr(1)), 4);
    String separator = call.format().contains("-") ? "-" : "";
    int week = base.get(weeks.weekOfWeekBasedYear());
    return base.get(weeks.weekBasedYear()) + separator + (week < 10 ? "0" : "") + week;
  }

  /**
   * {@code fmt}, {@code fmt+N} or {@code fmt-N}; like DolphinScheduler, a plus with a number goes
   * before a minus.
   */
  private String shifted(String expression) {
    for (char sign : new char[] {'+', '-'}) {
      int at = expression.lastIndexOf(sign);
      if (at > 0 && at + 1 < expression.length() && isDigit(expression.charAt(at + 1))) {
        String number = expression.substring(at + 1);
        if (NUMBER.matcher(number).matches()) {
          Fraction days = Arithmetic.evaluate(number);
          return days == null
              ? null
              : format(plus(sign == '-' ? days.negated() : days), expression.substring(0, at));
        }
      }
    }
    return format(base, expression);
  }

  private ZonedDateTime plus(Fraction days) {
    long seconds =
        days.plus(new Fraction(-days.whole(), 1)).times(new Fraction(DAY_SECONDS, 1)).whole();
    return base.plusDays(days.whole()).plusSeconds(seconds);
  }

  /** A pattern without any letter says nothing about time: {@code $[1]} stays. */
  private static String format(ZonedDateTime time, String pattern) {
    if (pattern.chars().noneMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
      return null;
    }
    // Local on purpose: zone letters are invalid then, as in DolphinScheduler, and $[x+1] of a
    // shell script stays.
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time.toLocalDateTime());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A function with what stands in its parentheses. */
  private record Call(String name, String arguments) {
    /** Null when the expression does not begin like a call of a known function. */
    static Call of(String expression) {
      int open = expression.indexOf('(');
      if (open < 0 || !isKnown(expression.substring(0, open))) {
        return null;
      }
      if (!expression.endsWith(")")) {
        throw new IllegalArgumentException("something stands behind the call");
      }
      return new Call(
          expression.substring(0, open), expression.substring(open + 1, expression.length() - 1));
    }

    private static boolean isKnown(String name) {
      return switch (name) {
        case "timestamp",
            "this_day",
            "last_day",
            "year_week",
            "add_months",
            "month_begin",
            "month_end",
            "week_begin",
            "week_end",
            "month_first_day",
            "month_last_day",
            "week_first_day",
            "week_last_day" ->
            true;
        default -> false;
      };
    }

    String format() {
      int comma = arguments.lastIndexOf(',');
      return (comma < 0 ? arguments : arguments.substring(0, comma)).strip();
    }

    long number() {
      int comma = arguments.lastIndexOf(',');
      Fraction value = comma < 0 ? null : Arithmetic.evaluate(arguments.substring(comma + 1));
      if (value == null) {
        throw new IllegalArgumentException("no number");
      }
      return value.whole();
    }

    long numberOr(long otherwise) {
      return arguments.indexOf(',') < 0 ? otherwise : number();
    }
  }
}
