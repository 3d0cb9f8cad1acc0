package io.porpoise.cli.terminal;

/** Ends the command with one line (or a few) for the user and an exit code; never a stack trace. */
public class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Anything that went wrong, a workflow that failed included. */
  public static final int FAILURE = 1;

  /** The command line itself was wrong. */
  public static final int USAGE = 2;

  private final int exitCode;

  protected CliException(String message, int exitCode, Throwable cause) {
    super(message, cause, false, false);
    this.exitCode = exitCode;
  }

  public static CliException failure(String message) {
    return new CliException(message, FAILURE, null);
  }

  public static CliException failure(String message, Throwable cause) {
    return new CliException(message, FAILURE, cause);
  }

  public static CliException usage(String message) {
    return new CliException(message, USAGE, null);
  }

  public int exitCode() {
    return exitCode;
  }
}
