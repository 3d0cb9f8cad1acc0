package io.porpoise.expression;

import java.util.List;
import java.util.function.UnaryOperator;

/** A value of an expression as it is written. */
sealed interface Operand {
  /**
   * What it stands for: a text, a BigDecimal or a Boolean.
   *
   * @param parameters from a name to the value, null when there is none
   */
  Object value(UnaryOperator<String> parameters);

  /** A number, or a text without parameters in it. */
  record Constant(Object value) implements Operand {
    @Override
    public Object value(UnaryOperator<String> parameters) {
      return value;
    }
  }

  /** {@code ${name}}: a number or a flag where it looks like one. */
  record Named(String name) implements Operand {
    @Override
    public Object value(UnaryOperator<String> parameters) {
      return Values.ofText(lookUp(name, parameters));
    }
  }

  /**
   * A quoted text with parameters in it: always a text.
   *
   * @param parts texts, and names in between: the second, the fourth, ...
   */
  record Quoted(List<String> parts) implements Operand {
    @Override
    public Object value(UnaryOperator<String> parameters) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < parts.size(); i++) {
        text.append(i % 2 == 0 ? parts.get(i) : lookUp(parts.get(i), parameters));
        Values.bounded(text);
      }
      return text.toString();
    }
  }

  private static String lookUp(String name, UnaryOperator<String> parameters) {
    String value = parameters.apply(name);
    if (value == null) {
      throw new Unusable("there is no parameter \"" + name + "\"");
    }
    if (value.length() > Bounds.TEXT_CHARS_MAX) {
      throw new Unusable(
          "the value of parameter \""
              + name
              + "\" has more than "
              + Bounds.TEXT_CHARS_MAX
              + " characters");
    }
    return value;
  }
}
