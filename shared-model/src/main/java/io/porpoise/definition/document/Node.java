package io.porpoise.definition.document;

import java.util.List;

/**
 * A document as written, YAML or JSON alike: values with the place where they stand, line and
 * column from 1.
 */
sealed interface Node {
  int line();

  int column();

  /** What a scalar is by its notation; a quoted text is always a TEXT. */
  enum Kind {
    TEXT,
    WHOLE_NUMBER,
    NUMBER,
    FLAG,
    NOTHING
  }

  /**
   * A single value.
   *
   * @param text as written, quotes and escapes resolved; {@code true} and {@code false} in lower
   *     case
   */
  record Scalar(String text, Kind kind, int line, int column) implements Node {}

  record Sequence(List<Node> items, int line, int column) implements Node {}

  record Mapping(List<Entry> entries, int line, int column) implements Node {}

  /** A key with its value; line and column are the key's. */
  record Entry(String key, Node value, boolean isAnchored, int line, int column) {}
}
