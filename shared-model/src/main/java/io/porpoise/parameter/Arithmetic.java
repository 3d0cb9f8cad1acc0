package io.porpoise.parameter;

/**
 * The numbers in time expressions: + - * / ( ) and unary signs over whole numbers, as exact
 * fractions, so that {@code 1/24} of a day is an hour.
 */
final class Arithmetic {
  /** A fraction in lowest terms, the denominator positive. */
  record Fraction(long numerator, long denominator) {
    static Fraction of(long numerator, long denominator) {
      if (denominator == 0) {
        throw new ArithmeticException("division by zero");
      }
      long divisor = gcd(numerator, denominator);
      if (denominator < 0) {
        divisor = -divisor;
      }
      return new Fraction(numerator / divisor, denominator / divisor);
    }

    private static long gcd(long a, long b) {
      long x = Math.absExact(a);
      long y = Math.absExact(b);
      while (y != 0) {
        long rest = x % y;
        x = y;
        y = rest;
      }
      return x;
    }

    Fraction plus(Fraction other) {
      return of(
          Math.addExact(
              Math.multiplyExact(numerator, other.denominator),
              Math.multiplyExact(other.numerator, denominator)),
          Math.multiplyExact(denominator, other.denominator));
    }

    Fraction times(Fraction other) {
      return of(
          Math.multiplyExact(numerator, other.numerator),
          Math.multiplyExact(denominator, other.denominator));
    }

    Fraction negated() {
      return new Fraction(Math.negateExact(numerator), denominator);
    }

    Fraction inverse() {
      return of(denominator, numerator);
    }

    /** The whole part, towards zero. */
    long whole() {
      return numerator / denominator;
    }
  }

  private final String text;
  private int at;

  private Arithmetic(String text) {
    this.text = text;
  }

  /**
   * The value of {@code text}, or null when it is not a number expression or its value is out of
   * range. The recursion is bounded by the length of the text, which the caller limits.
   */
  static Fraction evaluate(String text) {
    Arithmetic parser = new Arithmetic(text);
    try {
      Fraction value = parser.sum();
      return value != null && parser.peek() == '\0' && parser.at == text.length() ? value : null;
    } catch (ArithmeticException outOfRange) {
      return null;
    }
  }

  private Fraction sum() {
    Fraction value = product();
    while (value != null && (peek() == '+' || peek() == '-')) {
      boolean minus = text.charAt(at++) == '-';
      Fraction next = product();
      value = next == null ? null : value.plus(minus ? next.negated() : next);
    }
    return value;
  }

  private Fraction product() {
    Fraction value = factor();
    while (value != null && (peek() == '*' || peek() == '/')) {
      boolean divide = text.charAt(at++) == '/';
      Fraction next = factor();
      value = next == null ? null : value.times(divide ? next.inverse() : next);
    }
    return value;
  }

  private Fraction factor() {
    switch (peek()) {
      case '-', '+' -> {
        boolean minus = text.charAt(at++) == '-';
        Fraction value = factor();
        return value == null || !minus ? value : value.negated();
      }
      case '(' -> {
        at++;
        Fraction value = sum();
        if (value == null || peek() != ')') {
          return null;
        }
        at++;
        return value;
      }
      default -> {
        return number();
      }
    }
  }

  private Fraction number() {
    int start = at;
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = Math.addExact(Math.multiplyExact(value, 10), text.charAt(at++) - '0');
    }
    return at == start ? null : new Fraction(value, 1);
  }

  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
