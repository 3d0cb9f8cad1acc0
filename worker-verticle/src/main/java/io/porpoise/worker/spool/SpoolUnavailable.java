package io.porpoise.worker.spool;

/** The disk does not do what was asked. */
public final class SpoolUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SpoolUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
