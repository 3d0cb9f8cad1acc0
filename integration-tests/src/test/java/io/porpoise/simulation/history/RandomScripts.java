package io.porpoise.simulation.history;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.simulation.machine.Script;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What each attempt does when it is run: decided by the seed and its id, so that it does not depend
 * on when.
 */
final class RandomScripts implements Function<TaskInstanceId, Script> {
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final long seed;

  RandomScripts(long seed) {
    this.seed = seed;
  }

  @Override
  public Script apply(TaskInstanceId id) {
    SplittableRandom random = new SplittableRandom(seed ^ (id.value() * PRIME));
    double length = random.nextDouble();
    long millis =
        length < 0.6
            ? random.nextLong(1, 3_000)
            : length < 0.9
                ? random.nextLong(3_000, 12_000)
                : random.nextLong(12_000, length < 0.95 ? 40_000 : 90_000);
    int exitCode = random.nextDouble() < 0.75 ? 0 : random.nextInt(1, 120);
    boolean heedsTerm = random.nextDouble() < 0.85;
    boolean usable = random.nextDouble() < 0.98;
    return new Script(usable, Duration.ofMillis(millis), exitCode, heedsTerm, outputs(id));
  }

  /** What an attempt prints, when it succeeds. */
  static Map<String, String> outputs(TaskInstanceId id) {
    return Map.of(
        RandomWorkflows.OUTPUT,
        "by " + id,
        RandomWorkflows.NUMBER,
        id.toString(),
        "other",
        "never asked for");
  }
}
