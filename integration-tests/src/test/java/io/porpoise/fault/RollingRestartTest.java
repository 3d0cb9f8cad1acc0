package io.porpoise.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.chaos.check.Report;
import io.porpoise.chaos.check.SideEffectsChecker;
import io.porpoise.chaos.workload.Workload;
import io.porpoise.processes.ClusterProcesses;
import io.porpoise.processes.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An upgrade of a cluster as operators do it: one process after the other, while it is used. */
class RollingRestartTest {
  private static final List<String> ALL =
      List.of("master-1", "master-2", "worker-1", "worker-2", "alert-1", "api-1", "api-2");

  @Test
  void a_rolling_restart_under_load_ends_no_task_and_fails_no_retried_request() throws Exception {
    Path directory = ServerProcess.directory("rolling-restart");
    try (ClusterProcesses cluster = new ClusterProcesses(directory.resolve("cluster"))) {
      cluster.up("--masters", "2", "--workers", "2", "--apis", "2", "--alerts", "1");
      try (Workload load = new Workload(cluster, directory.resolve("load"), 7, 4)) {
        load.begin();
        for (String name : ALL) {
          cluster.stop(name);
          cluster.start(name);
        }
        load.end();

        Report report = new SideEffectsChecker(cluster, Duration.ofSeconds(60)).check(load);

        assertThat(report.isClean()).as(report.text()).isTrue();
        assertThat(report.lost()).as(report.text()).isZero();
      }
    }
  }
}
