package io.porpoise.expression;

/** An evaluation cannot go on; the message is for the person who wrote the expression. */
final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unusable(String message) {
    super(message, null, false, false);
  }
}
