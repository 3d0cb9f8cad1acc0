package io.porpoise.expression;

/**
 * Why a text is no expression.
 *
 * @param line within the text, from 1
 * @param column from 1
 * @param message what is wrong and, where known, what to do
 */
public record ExpressionError(int line, int column, String message) {
  static ExpressionError at(String text, int offset, String message) {
    String before = text.substring(0, Math.min(offset, text.length()));
    return new ExpressionError(
        (int) before.chars().filter(c -> c == '\n').count() + 1,
        before.length() - before.lastIndexOf('\n'),
        message);
  }

  @Override
  public String toString() {
    return (line > 1 ? "line " + line + ", " : "") + "column " + column + ": " + message;
  }
}
