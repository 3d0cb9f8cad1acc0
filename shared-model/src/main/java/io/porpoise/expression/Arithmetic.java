package io.porpoise.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlOptions;

/**
 * What the operators mean. Numbers are decimal and exact to {@link Bounds#DIGITS} digits, so that
 * {@code 0.1 + 0.2 == 0.3}.
 *
 * <p>The rule for a number and a text: a text that looks like a number counts as that number;
 * otherwise the two are not equal, and neither is smaller: asking that is an error. Two texts
 * compare as texts.
 */
final class Arithmetic extends JexlArithmetic {
  Arithmetic() {
    super(true, Values.DIGITS, Integer.MIN_VALUE);
  }

  @Override
  public JexlArithmetic options(JexlOptions options) {
    return this;
  }

  @Override
  protected JexlArithmetic createWithOptions(boolean strict, MathContext context, int scale) {
    return this;
  }

  @Override
  public Object add(Object left, Object right) {
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return Values.bounded(a.add(b, Values.DIGITS));
    }
    if (left instanceof String || right instanceof String) {
      String a = Values.text(left, "+");
      String b = Values.text(right, "+");
      // Asked before the text is made.
      if (a.length() + b.length() <= Bounds.TEXT_CHARS_MAX) {
        return a + b;
      }
      throw new Unusable("a text grows above " + Bounds.TEXT_CHARS_MAX + " characters");
    }
    throw new Unusable(
        "+ needs numbers or texts, not " + Values.shown(left) + " and " + Values.shown(right));
  }

  @Override
  public Object subtract(Object left, Object right) {
    return compute("-", left, right, (a, b) -> a.subtract(b, Values.DIGITS));
  }

  @Override
  public Object multiply(Object left, Object right) {
    return compute("*", left, right, (a, b) -> a.multiply(b, Values.DIGITS));
  }

  @Override
  public Object divide(Object left, Object right) {
    return compute("/", left, notZero(right, "/"), (a, b) -> a.divide(b, Values.DIGITS));
  }

  @Override
  public Object mod(Object left, Object right) {
    return compute("%", left, notZero(right, "%"), Arithmetic::remainder);
  }

  @Override
  public Object negate(Object value) {
    return Values.number(value, "-").negate();
  }

  @Override
  public Object positivize(Object value) {
    return Values.number(value, "+");
  }

  private static Object compute(
      String operator, Object left, Object right, BinaryOperator<BigDecimal> computed) {
    return Values.bounded(
        computed.apply(Values.number(left, operator), Values.number(right, operator)));
  }

  private static Object notZero(Object value, String operator) {
    if (Values.number(value, operator).signum() == 0) {
      throw new Unusable("division by zero");
    }
    return value;
  }

  private static BigDecimal remainder(BigDecimal a, BigDecimal b) {
    try {
      return a.remainder(b, Values.DIGITS);
    } catch (ArithmeticException tooFarApart) {
      throw new Unusable("the numbers of % are too far apart");
    }
  }

  @Override
  public boolean equals(Object left, Object right) {
    return areEqual(left, right);
  }

  static boolean areEqual(Object left, Object right) {
    if (left instanceof List || right instanceof List) {
      throw new Unusable("a list cannot be compared; ask [...].includes(value)");
    }
    if (left instanceof String && right instanceof String) {
      return left.equals(right);
    }
    if (left instanceof Boolean || right instanceof Boolean) {
      Boolean flag = Values.flagOrNull(left);
      return flag != null && flag.equals(Values.flagOrNull(right));
    }
    BigDecimal number = Values.numberOrNull(left);
    BigDecimal other = Values.numberOrNull(right);
    return number != null && other != null && number.compareTo(other) == 0;
  }

  /** Equal and of the same kind. */
  @Override
  public boolean strictEquals(Object left, Object right) {
    return areEqual(left, right) && left.getClass() == right.getClass();
  }

  @Override
  public boolean lessThan(Object left, Object right) {
    return order("<", left, right) < 0;
  }

  @Override
  public boolean lessThanOrEqual(Object left, Object right) {
    return order("<=", left, right) <= 0;
  }

  @Override
  public boolean greaterThan(Object left, Object right) {
    return order(">", left, right) > 0;
  }

  @Override
  public boolean greaterThanOrEqual(Object left, Object right) {
    return order(">=", left, right) >= 0;
  }

  private static int order(String operator, Object left, Object right) {
    if (left instanceof String a && right instanceof String b) {
      return a.compareTo(b);
    }
    BigDecimal number = Values.numberOrNull(left);
    BigDecimal other = Values.numberOrNull(right);
    if (number == null || other == null) {
      throw new Unusable(
          operator + " cannot compare " + Values.shown(left) + " with " + Values.shown(right));
    }
    return number.compareTo(other);
  }

  @Override
  public boolean toBoolean(Object value) {
    Boolean flag = Values.flagOrNull(value);
    if (flag == null) {
      throw new Unusable(Values.shown(value) + " is neither true nor false");
    }
    return flag;
  }

  @Override
  protected boolean toBoolean(boolean strict, Object value) {
    return toBoolean(value);
  }

  @Override
  public boolean testPredicate(Object value) {
    return toBoolean(value);
  }

  @Override
  public Object not(Object value) {
    return !toBoolean(value);
  }

  @Override
  public ArrayBuilder arrayBuilder(int size, boolean extended) {
    List<Object> items = new ArrayList<>(size);
    return new ArrayBuilder() {
      @Override
      public void add(Object item) {
        items.add(item);
      }

      @Override
      public Object create(boolean isExtended) {
        return items;
      }
    };
  }
}
