package io.porpoise.expression;

/**
 * How much the conditions of one task may compute together. Each operator looks at the texts of its
 * condition once at most, so texts times operators is the most that they can cost; to calculate
 * with numbers counts as {@link #NUMBER_CHARS} for each operator. Not thread-safe.
 */
public final class Allowance {
  /** A division with 64 digits takes 10 µs, a look at a character 2 ns. */
  private static final long NUMBER_CHARS = 4096;

  private long left = Bounds.WORK_CHARS_MAX;

  /**
   * @throws Unusable if that is more than is left
   */
  void take(long chars, int operators) {
    left -= chars * (operators + 1L) + NUMBER_CHARS * operators;
    if (left < 0) {
      throw new Unusable(
          "with it the conditions of the task compute too much: more than "
              + Bounds.WORK_CHARS_MAX
              + " characters times operators; compare shorter texts");
    }
  }
}
