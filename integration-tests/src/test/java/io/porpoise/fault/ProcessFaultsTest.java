package io.porpoise.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.porpoise.chaos.check.Report;
import io.porpoise.chaos.check.SideEffectsChecker;
import io.porpoise.chaos.fault.Fault;
import io.porpoise.chaos.fault.Fault.Kind;
import io.porpoise.chaos.fault.FaultInjector;
import io.porpoise.chaos.workload.Workload;
import io.porpoise.processes.IslandCluster;
import io.porpoise.processes.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Processes are killed, frozen and cut off under load, and come back: nothing is lost, nothing runs
 * twice, nothing is left behind.
 */
class ProcessFaultsTest {
  private static final double PER_SECOND = 4;

  /** Longer than it takes until a worker is given up (28 s). */
  private static final long FOR_GOOD_MILLIS = 33_000;

  private static Path directory;
  private static IslandCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    directory = ServerProcess.directory("process-faults");
    cluster = IslandCluster.start(directory.resolve("cluster"), 2, 4);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void killed_and_back_soon() throws Exception {
    underLoad(
        "killed",
        new Fault(Kind.KILL, "master-1", 1_000),
        new Fault(Kind.KILL, "worker-1", 1_000),
        new Fault(Kind.KILL, "worker-2/worker/keeper", 1_000),
        new Fault(Kind.KILL, "api-1", 1_000));
  }

  @Test
  void frozen_for_a_while() throws Exception {
    underLoad(
        "frozen",
        new Fault(Kind.FREEZE, "worker-2/worker/keeper", 3_000),
        new Fault(Kind.FREEZE, "worker-1", 5_000),
        new Fault(Kind.FREEZE, "api-2", 5_000),
        new Fault(Kind.FREEZE, "master-1", 10_000));
  }

  @Test
  void cut_off_for_a_while() throws Exception {
    assumeTrue(cluster.unavailable().isEmpty(), () -> cluster.unavailable().orElseThrow());

    underLoad(
        "cut",
        new Fault(Kind.CUT, cluster.islanders().get(0), 8_000),
        new Fault(Kind.CUT, cluster.islanders().get(1), 12_000));
  }

  /** So long that their tasks start again at the fourth, while the frozen one may still go on. */
  @Test
  void three_workers_are_given_up_and_come_back() throws Exception {
    boolean canCut = cluster.unavailable().isEmpty();

    Report report =
        underLoad(
            "given-up",
            new Fault(Kind.KILL, "worker-1", FOR_GOOD_MILLIS),
            new Fault(Kind.FREEZE, "worker-2", FOR_GOOD_MILLIS),
            canCut
                ? new Fault(Kind.CUT, "worker-4", FOR_GOOD_MILLIS)
                : new Fault(Kind.FREEZE, "worker-4", FOR_GOOD_MILLIS));

    assertThat(report.lost()).isPositive();
  }

  /** All faults begin at once, and end in the given order. */
  private static Report underLoad(String name, Fault... faults) throws Exception {
    try (Workload load =
        new Workload(cluster.processes(), directory.resolve(name), name.hashCode(), PER_SECOND)) {
      load.begin();
      while (load.starts().size() < 2 * PER_SECOND) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      happen(faults);
      load.end();

      Report report =
          new SideEffectsChecker(cluster.processes(), Duration.ofMinutes(2)).check(load);

      assertThat(report.isClean()).as(report.text()).isTrue();
      return report;
    }
  }

  private static void happen(Fault... faults) throws Exception {
    FaultInjector injector = new FaultInjector(cluster);
    for (Fault fault : faults) {
      assertThat(injector.begin(fault)).as("somebody for the " + fault).isTrue();
    }
    long waited = 0;
    for (Fault fault : faults) {
      TimeUnit.MILLISECONDS.sleep(fault.holdMillis() - waited);
      waited = fault.holdMillis();
      injector.end(fault);
    }
  }
}
