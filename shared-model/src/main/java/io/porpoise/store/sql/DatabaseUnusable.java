package io.porpoise.store.sql;

/**
 * The database cannot be used, or its tables are not those that this program knows. The message is
 * one line for the operator: what is wrong, where, and what to do.
 */
public final class DatabaseUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isPassing;

  DatabaseUnusable(String message, boolean isPassing, Throwable cause) {
    super(message, cause);
    this.isPassing = isPassing;
  }

  /** Whether it may be otherwise in a moment: not reachable yet, another process still migrates. */
  public boolean isPassing() {
    return isPassing;
  }
}
