package io.porpoise.cli.command;

import io.porpoise.cli.client.Problem;
import io.porpoise.cli.terminal.CliException;
import java.util.function.Function;

/** Repeats a request whose answer got lost on the way. */
final class Retries {
  private static final int TRIES = 3;

  private Retries() {}

  /**
   * Calls with one and the same idempotency key until there is an answer; a refusal is one.
   *
   * @param key of all tries
   */
  static <T> T onLostAnswer(Function<String, T> call, String key) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.apply(key);
      } catch (Problem e) {
        throw e;
      } catch (CliException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }
}
