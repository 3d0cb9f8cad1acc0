package io.porpoise.node;

/**
 * Why a process cannot start, as the one line that its user needs: what is wrong, where, and what
 * to do. The cause, if there is one, goes to the log file only.
 */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartFailure(String line) {
    super(line);
  }

  public StartFailure(String line, Throwable cause) {
    super(line, cause);
  }
}
