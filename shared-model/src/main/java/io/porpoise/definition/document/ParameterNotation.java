package io.porpoise.definition.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.Parameter.Direction;
import io.porpoise.definition.Parameter.Type;
import io.porpoise.definition.document.Node.Kind;
import io.porpoise.definition.document.Node.Mapping;
import io.porpoise.definition.document.Node.Scalar;
import io.porpoise.definition.document.Node.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How documents write parameters: {@code name: value} with the type taken from the value,
 * PyDolphinScheduler's {@code name: TYPE(value)}, or a list of {@code {prop, direct, type, value}}.
 * Reading and writing stand together, as each must undo the other.
 */
final class ParameterNotation {
  private static final Pattern TYPED = Pattern.compile("([A-Z]+)\\((.*)\\)", Pattern.DOTALL);
  private static final List<String> TYPES = Arrays.stream(Type.values()).map(Enum::name).toList();
  private static final String FORBIDDEN_IN_NAMES = "${}=()";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ParameterNotation() {}

  /** The globals of a workflow; there a text is never taken for {@code TYPE(value)}. */
  static List<Parameter> globals(Value value) {
    return distinct(
        value,
        value.node() instanceof Mapping ? map(value, Direction.IN, false) : list(value, null));
  }

  /**
   * Input or output parameters of a task: a map, or a list of names, of single entries or of full
   * forms.
   */
  static List<Parameter> local(Value value, Direction direction) {
    return distinct(
        value,
        value.node() instanceof Mapping ? map(value, direction, true) : list(value, direction));
  }

  /** {@code local_params}: full forms only, each with its direction. */
  static List<Parameter> localParams(Value value) {
    return distinct(value, list(value, null));
  }

  /** Notes names that stand twice for one direction. */
  static List<Parameter> distinct(Value value, List<Parameter> parameters) {
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!seen.add(parameter.direction() + parameter.prop())) {
        value.wrong(
            "the "
                + parameter.direction()
                + " parameter \""
                + parameter.prop()
                + "\" stands here twice");
      }
    }
    return parameters;
  }

  private static List<Parameter> map(Value value, Direction direction, boolean mayBeTyped) {
    List<Parameter> parameters = new ArrayList<>();
    Map<String, Value> entries = value.keys().all();
    if (entries.size() > Limits.PARAMETERS_MAX) {
      value.wrong("too many: " + entries.size() + ", at most " + Limits.PARAMETERS_MAX);
      return List.of();
    }
    entries.forEach((name, entry) -> parameters.add(entry(name, entry, direction, mayBeTyped)));
    return parameters;
  }

  private static List<Parameter> list(Value value, Direction direction) {
    return value.list(Limits.PARAMETERS_MAX, item -> item(item, direction));
  }

  private static Parameter item(Value item, Direction direction) {
    if (item.node() instanceof Scalar && direction != null) {
      return new Parameter(checkedName(item, item.name()), direction, Type.VARCHAR, "");
    }
    if (item.node() instanceof Mapping mapping
        && direction != null
        && mapping.entries().size() == 1
        && !mapping.entries().get(0).key().equals("prop")) {
      return map(item, direction, true).get(0);
    }
    return full(item, direction);
  }

  private static Parameter full(Value item, Direction direction) {
    Keys keys = item.keys();
    Value prop = keys.require("prop");
    String name = prop == null ? "" : checkedName(prop, prop.name());
    Direction direct =
        keys.take(
            "direct",
            direction == null ? Direction.IN : direction,
            value -> value.choice(Direction.class, Direction.IN));
    Type type = keys.take("type", null, value -> value.choice(Type.class, Type.VARCHAR));
    Value value = keys.take("value");
    keys.end();
    Parameter plain =
        value == null
            ? new Parameter(name, direct, Type.VARCHAR, "")
            : entry(name, value, direct, false);
    return type == null
        ? plain
        : checked(value == null ? item : value, new Parameter(name, direct, type, plain.value()));
  }

  /** Notes a value that is none of its type; what an OUT parameter holds is never read. */
  private static Parameter checked(Value place, Parameter parameter) {
    String expected = TypedValues.expected(parameter.type(), parameter.value());
    if (expected != null
        && parameter.direction() == Direction.IN
        && !place.reading().isOfCheckedText()) {
      place.wrong(
          "the value of parameter \""
              + parameter.prop()
              + "\" of type "
              + parameter.type()
              + " must be "
              + expected
              + "; a VARCHAR may be anything");
    }
    return parameter;
  }

  private static Parameter entry(
      String name, Value value, Direction direction, boolean mayBeTyped) {
    checkedName(value, name);
    if (value.node() instanceof Sequence) {
      return new Parameter(name, direction, Type.LIST, json(value));
    }
    if (value.node() instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
      return new Parameter(name, direction, Type.VARCHAR, "");
    }
    String text = value.text(Limits.VALUE_CHARS_MAX);
    Kind kind = value.node() instanceof Scalar scalar ? scalar.kind() : Kind.TEXT;
    Matcher typed = TYPED.matcher(text);
    if (mayBeTyped && kind == Kind.TEXT && typed.matches()) {
      return typed(name, value, direction, typed);
    }
    Type type = type(kind, text);
    boolean isOfType = TypedValues.expected(type, text) == null;
    return new Parameter(name, direction, isOfType ? type : Type.VARCHAR, text);
  }

  private static Parameter typed(String name, Value value, Direction direction, Matcher typed) {
    String type = typed.group(1);
    if (!TYPES.contains(type)) {
      value.wrong(
          "unknown parameter type "
              + type
              + value.reading().didYouMean(type, TYPES)
              + " (known are: "
              + String.join(", ", TYPES)
              + ")");
      return new Parameter(name, direction, Type.VARCHAR, "");
    }
    return checked(value, new Parameter(name, direction, Type.valueOf(type), typed.group(2)));
  }

  private static Type type(Kind kind, String text) {
    return switch (kind) {
      case TEXT, NOTHING -> Type.VARCHAR;
      case FLAG -> Type.BOOLEAN;
      case NUMBER -> Type.FLOAT;
      case WHOLE_NUMBER -> text.length() <= 9 ? Type.INTEGER : Type.LONG;
    };
  }

  private static String checkedName(Value value, String name) {
    if (name.isBlank() || name.length() > Limits.NAME_CHARS_MAX) {
      value.wrong(
          "the name of a parameter must have 1 to " + Limits.NAME_CHARS_MAX + " characters");
    } else if (name.chars().anyMatch(c -> c < ' ' || FORBIDDEN_IN_NAMES.indexOf(c) >= 0)) {
      value.wrong(
          "the name of a parameter must not contain any of "
              + FORBIDDEN_IN_NAMES
              + " or line breaks");
    }
    return name;
  }

  private static String json(Value value) {
    try {
      return JSON.writeValueAsString(value.any());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain lists and maps can always be written", e);
    }
  }

  /** The globals as a map where that says it all, else as a list of full forms. */
  static Object writeGlobals(List<Parameter> parameters) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      Object plain = parameter.direction() == Direction.IN ? plain(parameter) : null;
      if (plain == null) {
        return parameters.stream().map(ParameterNotation::writeFull).toList();
      }
      map.put(parameter.prop(), plain);
    }
    return map;
  }

  private static Map<String, Object> writeFull(Parameter parameter) {
    Map<String, Object> full = new LinkedHashMap<>();
    full.put("prop", parameter.prop());
    full.put("direct", parameter.direction().name());
    full.put("type", parameter.type().name());
    full.put("value", parameter.value());
    return full;
  }

  static Map<String, Object> writeLocal(List<Parameter> parameters, Direction direction) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.direction() == direction) {
        Object plain = plain(parameter);
        boolean isPlain = plain != null && !TYPED.matcher(parameter.value()).matches();
        map.put(
            parameter.prop(), isPlain ? plain : parameter.type() + "(" + parameter.value() + ")");
      }
    }
    return map;
  }

  /** A value that is read back as the same parameter, or null when its type would be lost. */
  private static Object plain(Parameter parameter) {
    String value = parameter.value();
    return switch (parameter.type()) {
      case VARCHAR -> value;
      case BOOLEAN -> value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : null;
      case INTEGER -> value.matches("0|-?[1-9][0-9]{0,7}") ? (Object) Integer.valueOf(value) : null;
      default -> null;
    };
  }
}
