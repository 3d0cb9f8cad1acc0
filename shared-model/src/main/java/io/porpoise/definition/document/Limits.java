package io.porpoise.definition.document;

/**
 * How large a document and its parts may be. Everything has a limit, so that no file can hurt the
 * server.
 */
public final class Limits {
  /** Of the body, in bytes or characters; a larger one need not be read at all. */
  public static final int BODY_MAX = 8 * 1024 * 1024;

  /** Characters and nodes of the document with all YAML aliases written out. */
  static final int EXPANDED_MAX = 2 * BODY_MAX;

  /**
   * Values, lists and mappings as written: what bounds the memory of a body full of empty brackets.
   */
  public static final int NODES_MAX = 1_000_000;

  public static final int DEPTH_MAX = 64;
  public static final int TASKS_MAX = 20_000;
  public static final int EDGES_MAX = 200_000;
  public static final int PARAMETERS_MAX = 2_000;
  public static final int NAME_CHARS_MAX = 200;
  public static final int DESCRIPTION_CHARS_MAX = 2_000;

  /** Of a parameter's value. */
  public static final int VALUE_CHARS_MAX = 64 * 1024;

  /** Of a script or another text of a task. */
  public static final int TEXT_CHARS_MAX = 1024 * 1024;

  /** Of all conditions of a switch. */
  public static final int CONDITIONS_CHARS_MAX = 32 * 1024;

  /** Errors that are told at once; with more the rest waits for the next try. */
  public static final int ERRORS_MAX = 100;

  private Limits() {}
}
