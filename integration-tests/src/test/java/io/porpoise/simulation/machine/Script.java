package io.porpoise.simulation.machine;

import java.time.Duration;
import java.util.Map;

/**
 * What one attempt does when it is run.
 *
 * @param usable false: the task's parameters are bad, nothing can be started
 * @param heedsTerm false: only KILL ends it
 * @param outputs what it prints, when it succeeds
 */
public record Script(
    boolean usable,
    Duration duration,
    int exitCode,
    boolean heedsTerm,
    Map<String, String> outputs) {
  public boolean succeeds() {
    return usable && exitCode == 0;
  }
}
