package io.porpoise.definition.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porpoise.definition.Parameter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.regex.Pattern;

/** Whether the value of a parameter is one of its type. */
final class TypedValues {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]{1,40}|[0-9]{1,40}(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,4})?");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private TypedValues() {}

  /**
   * What is expected instead, or null when the value is good. An empty value says nothing yet; what
   * placeholders will make of one is only known at run time.
   */
  static String expected(Parameter.Type type, String written) {
    String value = written.strip();
    if (value.isEmpty() || value.indexOf('$') >= 0) {
      return null;
    }
    return switch (type) {
      case VARCHAR, FILE -> null;
      case INTEGER -> isInt(value) ? null : "a whole number of 32 bits";
      case LONG -> isLong(value) ? null : "a whole number of 64 bits";
      case FLOAT, DOUBLE -> NUMBER.matcher(value).matches() ? null : "a number";
      case BOOLEAN -> isFlag(value) ? null : "true or false";
      case DATE -> isTime(() -> LocalDate.parse(value)) ? null : "a date such as 2026-01-31";
      case TIME -> isTime(() -> LocalTime.parse(value)) ? null : "a time such as 08:30:00";
      case TIMESTAMP -> isTimestamp(value) ? null : "a time such as 2026-01-31 08:30:00";
      case LIST -> isList(value) ? null : "a list in JSON such as [\"a\", \"b\"]";
    };
  }

  private static boolean isLong(String value) {
    return WHOLE.matcher(value).matches() && parses(() -> Long.parseLong(value));
  }

  private static boolean isInt(String value) {
    return WHOLE.matcher(value).matches() && parses(() -> Integer.parseInt(value));
  }

  private static boolean isFlag(String value) {
    return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
  }

  /** PyDolphinScheduler's examples give milliseconds. */
  private static boolean isTimestamp(String value) {
    return isLong(value) || isTime(() -> LocalDateTime.parse(value.replaceFirst(" +", "T")));
  }

  private static boolean isList(String value) {
    try {
      JsonNode read = JSON.readTree(value);
      return read != null && read.isArray();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean parses(Runnable parsing) {
    try {
      parsing.run();
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isTime(Runnable parsing) {
    try {
      parsing.run();
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
