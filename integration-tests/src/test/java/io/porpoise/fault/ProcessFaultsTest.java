package io.porpoise.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.chaos.check.Report;
import io.porpoise.chaos.check.SideEffectsChecker;
import io.porpoise.chaos.workload.Workload;
import io.porpoise.processes.ClusterProcesses;
import io.porpoise.processes.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Processes are killed and frozen under load, and come back. */
class ProcessFaultsTest {
  private static Path directory;
  private static ClusterProcesses cluster;

  @BeforeAll
  static void start() throws Exception {
    directory = ServerProcess.directory("process-faults");
    cluster = new ClusterProcesses(directory.resolve("cluster"));
    cluster.up("--masters", "2", "--workers", "3", "--apis", "2", "--alerts", "0");
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void a_master_and_a_worker_are_killed_and_come_back() throws Exception {
    try (Workload load = new Workload(cluster, directory.resolve("killed"), 1, 5)) {
      load.begin();
      TimeUnit.SECONDS.sleep(3);
      cluster.kill("master-1");
      TimeUnit.SECONDS.sleep(3);
      cluster.kill("worker-1");
      cluster.start("worker-1", "master-1");
      load.end();

      Report report = new SideEffectsChecker(cluster, Duration.ofSeconds(60)).check(load);

      assertThat(report.isClean()).as(report.text()).isTrue();
    }
  }
}
