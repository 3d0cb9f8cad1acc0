package io.porpoise.store;

/**
 * The database gave no answer, or one that another try may change (connection lost, deadlock 1213,
 * lock wait 1205). Whether a write happened is unknown.
 */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
