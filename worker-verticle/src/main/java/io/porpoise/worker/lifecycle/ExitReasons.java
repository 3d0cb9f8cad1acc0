package io.porpoise.worker.lifecycle;

import io.porpoise.instance.Reason;

/** What an exit code says in words. */
final class ExitReasons {
  private static final int SIGNALS_FROM = 128;
  private static final int SIGKILL = 9;

  private ExitReasons() {}

  static Reason of(int exitCode) {
    return switch (exitCode) {
      case 126 -> new Reason("EXIT_CODE", "exit code 126: a command of it could not be executed");
      case 127 -> new Reason("EXIT_CODE", "exit code 127: a command of it was not found");
      default ->
          exitCode > SIGNALS_FROM && exitCode < SIGNALS_FROM + 65
              ? bySignal(exitCode - SIGNALS_FROM)
              : new Reason("EXIT_CODE", "exit code " + exitCode);
    };
  }

  private static Reason bySignal(int signal) {
    String hint = signal == SIGKILL ? " (SIGKILL; perhaps the machine was out of memory)" : "";
    return new Reason("SIGNAL", "ended by signal " + signal + hint);
  }
}
