package io.porpoise.definition.document;

import io.porpoise.definition.document.Node.Kind;
import io.porpoise.definition.document.Node.Mapping;
import io.porpoise.definition.document.Node.Scalar;
import io.porpoise.definition.document.Node.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A node on its way into the model: where it is, and readers that turn it into a value of a type or
 * note what is wrong. A reader that has noted something returns its fallback, so that reading goes
 * on and finds the next error as well.
 */
public final class Value {
  private final Value parent;
  private final String segment;
  private final Node node;
  private final Reading reading;

  private Value(Value parent, String segment, Node node, Reading reading) {
    this.parent = parent;
    this.segment = segment;
    this.node = node;
    this.reading = reading;
  }

  static Value root(Node node, Reading reading) {
    return new Value(null, "", node, reading);
  }

  Value child(String key, Node child) {
    return new Value(this, key, child, reading);
  }

  /** The value of the first of these keys that is there, or this one where there is none. */
  Value at(String... keys) {
    if (node instanceof Mapping mapping) {
      for (String key : keys) {
        for (Node.Entry entry : mapping.entries()) {
          if (entry.key().equals(key)) {
            return child(key, entry.value());
          }
        }
      }
    }
    return this;
  }

  Node node() {
    return node;
  }

  Reading reading() {
    return reading;
  }

  /** Notes that something is wrong here. */
  public void wrong(String message) {
    reading.wrong(node.line(), node.column(), path(), message);
  }

  String path() {
    String above = parent == null ? "" : parent.path();
    return above.isEmpty() || segment.startsWith("[") ? above + segment : above + "." + segment;
  }

  boolean isText() {
    return node instanceof Scalar scalar && scalar.kind() == Kind.TEXT;
  }

  /** The text of any scalar, numbers and flags as they are written. */
  public String text(int charsMax) {
    if (!(node instanceof Scalar scalar) || scalar.kind() == Kind.NOTHING) {
      wrongType("a text");
      return "";
    }
    if (scalar.text().length() > charsMax) {
      wrong("too long: " + scalar.text().length() + " characters, at most " + charsMax);
    }
    return scalar.text();
  }

  /** A text that is not blank and fits on a line. */
  public String name() {
    String name = text(Limits.NAME_CHARS_MAX);
    if (node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING) {
      if (name.isBlank()) {
        wrong("must not be empty");
      } else if (!name.equals(name.strip())) {
        wrong("must not begin or end with a blank");
      } else if (name.chars().anyMatch(Character::isISOControl)) {
        wrong("must not contain line breaks or control characters");
      }
    }
    return name;
  }

  /** The name of a task of this document; whether there is one is checked when all are known. */
  public String task() {
    String name = name();
    if (!name.isEmpty()) {
      reading.refer(name, this);
    }
    return name;
  }

  public int whole(int min, int max) {
    if (!(node instanceof Scalar scalar) || scalar.kind() == Kind.NOTHING) {
      wrongType("a whole number");
      return min;
    }
    try {
      int value = Integer.parseInt(scalar.text().strip());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      if (scalar.kind() != Kind.WHOLE_NUMBER) {
        wrongType("a whole number");
        return min;
      }
    }
    wrong("must be between " + min + " and " + max + ", is " + shown());
    return min;
  }

  /** {@code true} and {@code false}; YES and NO as well. */
  public boolean flag() {
    if (node instanceof Scalar scalar) {
      switch (scalar.text().toLowerCase(Locale.ROOT)) {
        case "true", "yes" -> {
          return true;
        }
        case "false", "no" -> {
          return false;
        }
        default -> {}
      }
    }
    wrongType("true or false");
    return false;
  }

  public Duration duration() {
    if (node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING) {
      Duration duration = Durations.parse(scalar.text());
      if (duration != null) {
        return duration;
      }
    }
    wrongType("a duration: minutes as a bare number, or 90s, 30m, 2h, 1d (at most 3650d)");
    return Duration.ZERO;
  }

  /** A constant of an enum by its name, in upper or lower case. */
  public <E extends Enum<E>> E choice(Class<E> type, E fallback) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    String name = choice(names);
    return name == null ? fallback : Enum.valueOf(type, name);
  }

  /** One of some words in upper or lower case, given back as listed; null when it is none. */
  public String choice(List<String> words) {
    if (node instanceof Scalar scalar) {
      for (String word : words) {
        if (word.equalsIgnoreCase(scalar.text().strip())) {
          return word;
        }
      }
    }
    wrongType("one of " + String.join(", ", words));
    return null;
  }

  public <T> List<T> list(int itemsMax, Function<Value, T> reader) {
    if (!(node instanceof Sequence sequence)) {
      wrongType("a list");
      return List.of();
    }
    if (sequence.items().size() > itemsMax) {
      wrong("too many: " + sequence.items().size() + ", at most " + itemsMax);
      return List.of();
    }
    List<T> read = new ArrayList<>(sequence.items().size());
    for (int i = 0; i < sequence.items().size(); i++) {
      read.add(reader.apply(child("[" + i + "]", sequence.items().get(i))));
    }
    return read;
  }

  /** A list, or a single item without the brackets. */
  public <T> List<T> listOrOne(int itemsMax, Function<Value, T> reader) {
    return node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING
        ? List.of(reader.apply(this))
        : list(itemsMax, reader);
  }

  /** The keys and values here; notes duplicate keys. Empty when it is no mapping. */
  public Keys keys() {
    if (node instanceof Mapping mapping) {
      return new Keys(this, mapping);
    }
    wrongType("a mapping of keys to values");
    return new Keys(this, new Mapping(List.of(), node.line(), node.column()));
  }

  /** Texts, numbers, flags, lists and maps as they are. */
  public Object any() {
    if (node instanceof Mapping mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      Keys keys = new Keys(this, mapping);
      keys.rest().forEach((key, value) -> map.put(key, value.any()));
      return map;
    }
    if (node instanceof Sequence) {
      return list(Integer.MAX_VALUE, Value::any);
    }
    Scalar scalar = (Scalar) node;
    return switch (scalar.kind()) {
      case TEXT -> scalar.text();
      case FLAG -> Boolean.valueOf(scalar.text());
      case WHOLE_NUMBER -> wholeNumber(scalar.text());
      case NUMBER -> number(scalar.text());
      case NOTHING -> "";
    };
  }

  private static Object number(String text) {
    double number = Double.parseDouble(text);
    return Double.isInfinite(number) ? text : (Object) number;
  }

  private static Object wholeNumber(String text) {
    try {
      long value = Long.parseLong(text);
      if (value == (int) value) {
        return (int) value;
      }
      return value;
    } catch (NumberFormatException tooLarge) {
      return text;
    }
  }

  void wrongType(String expected) {
    wrong("must be " + expected + ", is " + shown());
  }

  private String shown() {
    if (node instanceof Mapping) {
      return "a mapping";
    }
    if (node instanceof Sequence) {
      return "a list";
    }
    Scalar scalar = (Scalar) node;
    if (scalar.kind() == Kind.NOTHING) {
      return "empty";
    }
    String text = scalar.text().replaceAll("\\s+", " ");
    return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
  }
}
