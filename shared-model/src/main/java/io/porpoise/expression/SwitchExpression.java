package io.porpoise.expression;

import io.porpoise.instance.Reason;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlInfo;

/**
 * A condition over parameters, such as {@code ${rows} > 1000 && "${mode}" != "test"}. Immutable;
 * may be evaluated often and by several threads.
 */
public final class SwitchExpression {
  private static final String FAILURE_CODE = "BAD_EXPRESSION";

  /**
   * What parsing gave.
   *
   * @param expression null when there is an error
   * @param error null when there is an expression
   */
  public record Parsed(SwitchExpression expression, ExpressionError error) {}

  /**
   * What evaluating gave.
   *
   * @param isTrue false as well when there is a failure
   * @param failure why it is neither true nor false, or null
   */
  public record Outcome(boolean isTrue, Reason failure) {}

  private final JexlExpression compiled;
  private final List<Operand> operands;
  private final int operators;

  private SwitchExpression(JexlExpression compiled, List<Operand> operands, int operators) {
    this.compiled = compiled;
    this.operands = operands;
    this.operators = operators;
  }

  /** Never throws for what is in the text. */
  public static Parsed parse(String text) {
    try {
      Tokens tokens = Tokens.of(text);
      return new Parsed(compile(tokens), null);
    } catch (Unreadable e) {
      return new Parsed(null, ExpressionError.at(text, e.offset, e.getMessage()));
    }
  }

  /** Both at once, for what is evaluated once. */
  public static Outcome evaluate(
      String text, UnaryOperator<String> parameters, Allowance allowance) {
    Parsed parsed = parse(text);
    return parsed.error() == null
        ? parsed.expression().evaluate(parameters, allowance)
        : invalid(parsed.error().toString());
  }

  /**
   * Loads what the first evaluation needs: a hundred milliseconds that should not be spent where
   * others wait.
   */
  public static void warmUp() {
    for (String text : new String[] {"'a' + 1 == 'a1' && [1, 'b'].includes('b')", "1 +"}) {
      Outcome unused = evaluate(text, name -> null, new Allowance());
    }
  }

  private static SwitchExpression compile(Tokens tokens) throws Unreadable {
    try {
      JexlInfo place = new JexlInfo("condition", 1, 1);
      return new SwitchExpression(
          Library.ENGINE.createExpression(place, tokens.translated()),
          tokens.operands(),
          tokens.operators());
    } catch (JexlException e) {
      int column = e.getInfo() == null ? 1 : e.getInfo().getColumn();
      throw new Unreadable(tokens.sourceOffset(column - 1), "does not fit what stands before it");
    }
  }

  /**
   * Looks up all parameters first, so that a wrong name is always found. Never throws for what the
   * text or the values are; what {@code parameters} throws goes through.
   *
   * @param parameters from a name to its value, null when there is none
   */
  public Outcome evaluate(UnaryOperator<String> parameters, Allowance allowance) {
    try {
      Object result = compiled.evaluate(new Bound(bind(parameters, allowance)));
      Boolean flag = Values.flagOrNull(result);
      return flag == null
          ? invalid("it gives " + Values.shown(result) + ", not true or false")
          : new Outcome(flag, null);
    } catch (Unusable e) {
      return invalid(e.getMessage());
    } catch (JexlException e) {
      Throwable cause = e;
      while (cause.getCause() != null && !(cause instanceof Unusable)) {
        cause = cause.getCause();
      }
      return invalid(cause instanceof Unusable ? cause.getMessage() : e.getDetail());
    } catch (ArithmeticException | NegativeArraySizeException e) {
      return invalid("a number is too large: " + e.getMessage());
    }
  }

  private Object[] bind(UnaryOperator<String> parameters, Allowance allowance) {
    Object[] values = new Object[operands.size()];
    long chars = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = operands.get(i).value(parameters);
      chars += values[i] instanceof String text ? text.length() : 0;
      if (chars > Bounds.BOUND_CHARS_MAX) {
        throw new Unusable(
            "its texts have more than " + Bounds.BOUND_CHARS_MAX + " characters together");
      }
    }
    allowance.take(chars, operators);
    return values;
  }

  private static Outcome invalid(String text) {
    return new Outcome(false, new Reason(FAILURE_CODE, text));
  }

  /** The operands as the variables v0, v1, ... */
  private record Bound(Object[] values) implements JexlContext {
    @Override
    public Object get(String name) {
      return values[Integer.parseInt(name.substring(1))];
    }

    @Override
    public boolean has(String name) {
      return true;
    }

    @Override
    public void set(String name, Object value) {
      throw new Unusable("nothing can be assigned");
    }
  }
}
