package io.porpoise.bus;

/** A request that was not answered as hoped. */
public final class BusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How much is known about the request's fate. */
  public enum Kind {
    /** Nobody serves the address: the request was not handled. */
    NO_HANDLER,
    /** Nothing is known: it may have been handled or not. */
    TIMEOUT,
    /** The handler failed. */
    FAILED
  }

  private final Kind kind;

  public BusException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
