package io.porpoise.cli.command;

import io.porpoise.cli.terminal.Terminal;
import java.util.function.Supplier;

/** Says what goes on behind when the user presses Ctrl-C. */
final class Interrupts {
  private Interrupts() {}

  static <T> T whileRunning(Terminal terminal, String words, Supplier<T> work) {
    Thread hook = new Thread(() -> terminal.note(words), "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is being shut down: the hook has its say.
      }
    }
  }
}
