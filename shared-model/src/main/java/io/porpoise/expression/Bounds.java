package io.porpoise.expression;

/** How large an expression and what it makes may be; together they bound its time and memory. */
public final class Bounds {
  /** Of an expression as it is written. */
  public static final int EXPRESSION_CHARS_MAX = 16 * 1024;

  /** Operators and method calls. */
  public static final int OPERATORS_MAX = 200;

  /** Values: numbers, texts, parameters. */
  public static final int OPERANDS_MAX = 1_000;

  /** Brackets within brackets, and signs and choices in a row. */
  public static final int DEPTH_MAX = 20;

  /** Of one text: a parameter's value or what an operator makes. */
  public static final int TEXT_CHARS_MAX = 64 * 1024;

  /** Of all texts that go into one evaluation. */
  public static final int BOUND_CHARS_MAX = 1024 * 1024;

  /** What all conditions of one task may look at: characters of texts times operators. */
  public static final long WORK_CHARS_MAX = 32L * 1024 * 1024;

  /** Longer digits are no number but a text. */
  public static final int NUMBER_CHARS_MAX = 64;

  static final int NAME_CHARS_MAX = 255;

  /** Significant digits of a result. */
  static final int DIGITS = 64;

  /** Numbers are between 10^-this and 10^this. */
  static final int EXPONENT_MAX = 1_000;

  private Bounds() {}
}
