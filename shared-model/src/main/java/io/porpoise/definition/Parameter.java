package io.porpoise.definition;

/**
 * A parameter as it is declared: global (of a workflow) or local (of a task).
 *
 * @param value the text as written, unresolved; empty for an OUT parameter or to be filled from
 *     upstream
 */
public record Parameter(String prop, Direction direction, Type type, String value) {
  /** Whether a task reads or sets it. */
  public enum Direction {
    IN,
    OUT
  }

  /** The declared type of its value. */
  public enum Type {
    VARCHAR,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    DATE,
    TIME,
    TIMESTAMP,
    BOOLEAN,
    LIST,
    FILE
  }

  public static Parameter in(String prop, String value) {
    return new Parameter(prop, Direction.IN, Type.VARCHAR, value);
  }

  public static Parameter out(String prop) {
    return new Parameter(prop, Direction.OUT, Type.VARCHAR, "");
  }
}
