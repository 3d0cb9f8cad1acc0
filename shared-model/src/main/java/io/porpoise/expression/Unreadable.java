package io.porpoise.expression;

/** A text is no expression. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1;

  final transient int offset;

  Unreadable(int offset, String message) {
    super(message, null, false, false);
    this.offset = offset;
  }
}
