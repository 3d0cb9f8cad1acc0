package io.porpoise.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object from outside: unknown fields, doubled fields and wrong types are refused with a
 * word on where.
 */
public final class Fields {
  private static final int DEPTH_MAX = 32;
  private static final ObjectMapper MAPPER = new ObjectMapper(strictFactory());

  private final JsonNode object;

  /** Where it stands in the body, with a dot behind; empty for the body itself. */
  private final String above;

  private Fields(JsonNode object, String above) {
    this.object = object;
    this.above = above;
  }

  private static JsonFactory strictFactory() {
    return new JsonFactoryBuilder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).maxNumberLength(64).build())
        .build();
  }

  static {
    MAPPER.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    // A number that becomes a parameter's text stays as it was written: 1.10 is not 1.1.
    MAPPER.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    MAPPER.configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
  }

  /** Reads an object that has no other fields than these. */
  public static Fields parse(Buffer body, Set<String> names) {
    JsonNode node = read(body.getBytes());
    if (node == null || !node.isObject()) {
      throw Problem.badField("", "The body must be a JSON object.");
    }
    return of(node, "", names);
  }

  private static Fields of(JsonNode node, String above, Set<String> names) {
    List<Problem.Fault> unknown = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                String message =
                    "Unknown field '" + Texts.shown(name) + "'." + Texts.hint(name, names);
                unknown.add(new Problem.Fault(0, 0, above + Texts.shown(name), message));
              }
            });
    if (!unknown.isEmpty()) {
      throw Problem.bad("UNKNOWN_FIELD", unknown.get(0).message())
          .with(unknown.subList(0, Math.min(20, unknown.size())));
    }
    return new Fields(node, above);
  }

  private static JsonNode read(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      int line = at == null ? 0 : at.getLineNr();
      int column = at == null ? 0 : at.getColumnNr();
      String what = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
      String message = "The body is not valid JSON: " + Texts.shown(what);
      throw Problem.bad("BAD_JSON", message)
          .with(List.of(new Problem.Fault(line, column, "", message)));
    } catch (IOException e) {
      throw Problem.bad("BAD_JSON", "The body is not valid JSON in UTF-8.");
    }
  }

  private JsonNode given(String name) {
    JsonNode node = object.get(name);
    return node == null || node.isNull() ? null : node;
  }

  private Problem wrong(String path, String wanted) {
    return Problem.badField(above + path, "must be " + wanted + ".");
  }

  /** A text that must be there, with {@code min} to {@code max} characters. */
  public String text(String name, int min, int max) {
    String text = textOr(name, max, null);
    if (text == null || text.length() < min) {
      throw wrong(name, "a text of " + min + " to " + max + " characters");
    }
    return text;
  }

  /** A text of at most {@code max} characters, or the given one. */
  public String textOr(String name, int max, String otherwise) {
    JsonNode node = given(name);
    if (node == null) {
      return otherwise;
    }
    if (!node.isTextual() || node.textValue().length() > max) {
      throw wrong(name, "a text of at most " + max + " characters");
    }
    return node.textValue();
  }

  public boolean flag(String name, boolean otherwise) {
    JsonNode node = given(name);
    if (node == null) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return node.booleanValue();
  }

  /** One of an enum's names, or null. */
  public <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    JsonNode node = given(name);
    if (node == null) {
      return null;
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    if (!node.isTextual() || !names.contains(node.textValue())) {
      throw wrong(name, "one of " + String.join(", ", names));
    }
    return Enum.valueOf(type, node.textValue());
  }

  /** A time in ISO 8601 with its offset, or null. */
  public Instant time(String name) {
    JsonNode node = given(name);
    if (node == null) {
      return null;
    }
    if (node.isTextual()) {
      try {
        return Times.parse(node.textValue());
      } catch (DateTimeException e) {
        throw wrong(name, Times.FORM);
      }
    }
    throw wrong(name, Times.FORM);
  }

  /** A list of texts; empty when it is not there. */
  public List<String> texts(String name, int countMax, int max) {
    JsonNode node = given(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray() || node.size() > countMax) {
      throw wrong(name, "a list of at most " + countMax + " texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : node) {
      if (!item.isTextual() || item.textValue().isEmpty() || item.textValue().length() > max) {
        throw wrong(name + "[" + texts.size() + "]", "a text of 1 to " + max + " characters");
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  /**
   * Names with plain values; numbers and booleans become their text. Empty when it is not there.
   */
  public Map<String, String> values(String name, int countMax, int nameMax, int max) {
    JsonNode node = given(name);
    if (node == null) {
      return Map.of();
    }
    if (!node.isObject() || node.size() > countMax) {
      throw wrong(name, "an object of at most " + countMax + " names with plain values");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String path = name + "." + Texts.shown(entry.getKey());
      if (entry.getKey().isBlank() || entry.getKey().length() > nameMax) {
        throw wrong(path, "named with 1 to " + nameMax + " characters");
      }
      if (!entry.getValue().isValueNode() || entry.getValue().asText().length() > max) {
        throw wrong(path, "a text, a number or a boolean, of at most " + max + " characters");
      }
      values.put(entry.getKey(), entry.getValue().isNull() ? "" : entry.getValue().asText());
    }
    return values;
  }

  /** Names with objects that have no other fields than these; must be there. */
  public Map<String, Fields> objects(String name, int countMax, int nameMax, Set<String> fields) {
    JsonNode node = given(name);
    if (node == null || !node.isObject() || node.size() > countMax) {
      throw wrong(name, "an object of at most " + countMax + " names with objects");
    }
    Map<String, Fields> objects = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String path = name + "." + Texts.shown(entry.getKey());
      if (entry.getKey().isBlank() || entry.getKey().length() > nameMax) {
        throw wrong(path, "named with 1 to " + nameMax + " characters");
      }
      if (!entry.getValue().isObject()) {
        throw wrong(path, "an object");
      }
      objects.put(entry.getKey(), of(entry.getValue(), above + path + ".", fields));
    }
    return objects;
  }

  /** A whole number, or the given one. */
  public long number(String name, long min, long max, long otherwise) {
    JsonNode node = given(name);
    if (node == null) {
      return otherwise;
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw wrong(name, "a whole number from " + min + " to " + max);
    }
    return node.longValue();
  }

  /** A whole number that must be there. */
  public long number(String name, long min, long max) {
    if (!has(name)) {
      throw wrong(name, "a whole number from " + min + " to " + max);
    }
    return number(name, min, max, 0);
  }

  public boolean has(String name) {
    return given(name) != null;
  }

  /** Parsing of times from outside. */
  public static final class Times {
    public static final String FORM = "a time such as 2026-11-20T02:00:00Z";

    private Times() {}

    /** Only years that databases can keep. */
    public static Instant parse(String text) {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() < 1970 || time.getYear() > 9999) {
        throw new DateTimeException("year");
      }
      return time.toInstant();
    }
  }
}
