package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Starts;
import io.porpoise.bench.stage.Target;
import io.porpoise.bench.stage.Usage;
import io.porpoise.bench.stage.WarmUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances of one workflow that are started at once, again and again: first until the server is
 * warm, then by turns with the plain program, so that both meet the same noise.
 */
record Bursts(Target target, String workflow, int instances, int tasksEach) {
  /**
   * What came of it.
   *
   * @param rate tasks per second, from the first request sent until the last instance had ended;
   *     the median of the rounds
   * @param bare what the plain program reached, the median as well
   * @param used in all measured rounds
   * @param tasks in all measured rounds
   * @param commits of masters in all measured rounds
   */
  record Outcome(double rate, double bare, Usage used, int tasks, long commits, WarmUp warm) {}

  Outcome run(int warmRoundsMax, int rounds, WarmUp.Round plain)
      throws IOException, InterruptedException {
    WarmUp warm = WarmUp.run(warmRoundsMax, () -> rate(burst()));
    List<Double> rates = new ArrayList<>();
    List<Double> bares = new ArrayList<>();
    Usage used = Usage.NONE;
    long commits = 0;
    for (int i = 0; i < rounds; i++) {
      bares.add(plain.run());
      Usage before = target.usage();
      long commitsBefore = target.rows().status("Com_commit");
      Starts starts = burst();
      used = used.plus(target.usage().minus(before));
      commits += target.rows().status("Com_commit") - commitsBefore;
      Invariants.check(target, starts, tasksEach);
      rates.add(rate(starts));
    }
    return new Outcome(
        Samples.of(rates).median(),
        Samples.of(bares).median(),
        used,
        rounds * instances * tasksEach,
        commits,
        warm);
  }

  /** Starts them and waits for the end of the last. */
  private Starts burst() throws IOException, InterruptedException {
    Starts starts = target.api().startAll(workflow, instances);
    Invariants.awaitEnd(target, starts, Scripts.PATIENCE);
    return starts;
  }

  private double rate(Starts starts) {
    return instances * tasksEach / seconds(target, starts);
  }

  /** From the first request sent until the last instance had ended. */
  static double seconds(Target target, Starts starts) {
    long ended =
        target
            .rows()
            .number("SELECT MAX(end_time) FROM workflow_instance WHERE " + starts.where("id"));
    return (ended - starts.sentMicros()) / 1e6;
  }
}
