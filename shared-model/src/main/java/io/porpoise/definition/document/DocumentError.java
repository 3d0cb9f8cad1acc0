package io.porpoise.definition.document;

/**
 * One thing that is wrong with a document, for the person who wrote it.
 *
 * @param line from 1; 0 when the error has no place
 * @param column from 1; 0 when the error has no place
 * @param path e.g. {@code tasks[2].deps[0]}; empty for the whole document
 * @param message one sentence without a line break: what is wrong and, where known, what to do
 */
public record DocumentError(int line, int column, String path, String message) {
  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ", column " + column + ": " : "")
        + (path.isEmpty() ? "" : path + ": ")
        + message;
  }
}
