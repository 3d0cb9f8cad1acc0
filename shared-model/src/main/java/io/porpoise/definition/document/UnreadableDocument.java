package io.porpoise.definition.document;

/** The text cannot even be taken apart; never leaves this package. */
final class UnreadableDocument extends Exception {
  private static final long serialVersionUID = 1;
  private final int line;
  private final int column;

  UnreadableDocument(int line, int column, String message) {
    super(message, null, false, false);
    this.line = line;
    this.column = column;
  }

  DocumentError error() {
    return new DocumentError(line, column, "", getMessage());
  }
}
