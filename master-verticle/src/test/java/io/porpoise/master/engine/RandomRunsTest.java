package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.TaskInstance;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random graphs and random events in random order, twice: once by one master, once with a take-over
 * before each event. The driver fails at the first event that is unexpected.
 */
class RandomRunsTest {
  private static final int RUNS = 3_000;
  private static final int EVENTS_MAX = 3_000;

  @Test
  void every_run_ends_and_take_overs_change_nothing() {
    for (long seed = 1; seed <= RUNS; seed++) {
      play(seed);
    }
  }

  private static void play(long seed) {
    RandomRun shape = new RandomRun(seed);
    RunDriver plain = shape.begin(false);
    RunDriver takenOver = shape.begin(true);
    for (int i = 0; shape.goesOn(plain); i++) {
      assertThat(i)
          .as("seed %s: events until it ends, in %s", seed, plain.states())
          .isLessThan(EVENTS_MAX);
      RandomRun.Happening next = shape.next(plain);
      next.happen(plain);
      next.happen(takenOver);
      assertThat(rows(takenOver)).as("seed %s after %s", seed, next).isEqualTo(rows(plain));
      assertThat(instance(takenOver)).as("seed %s after %s", seed, next).isEqualTo(instance(plain));
    }
  }

  /** All but the times, which a take-over takes too. */
  private static List<String> rows(RunDriver driver) {
    return driver.rows.values().stream().map(RandomRunsTest::row).toList();
  }

  private static String row(TaskInstance task) {
    return String.join(
        " ",
        task.id() + " " + task.name() + " " + task.state() + (task.valid() ? "" : " invalid"),
        "attempt " + task.attempt() + " retries " + task.retries() + " losses " + task.losses(),
        "branch " + task.branch() + " child " + task.child() + " kill " + task.killCause(),
        "due " + (task.dueAt() != null) + " outputs " + task.outputs());
  }

  private static String instance(RunDriver driver) {
    var instance = driver.run.instance();
    return instance.state()
        + " round "
        + instance.round()
        + " runs "
        + instance.runTimes()
        + " ticket "
        + instance.ticket()
        + " "
        + instance.reason();
  }
}
