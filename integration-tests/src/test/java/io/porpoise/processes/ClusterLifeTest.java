package io.porpoise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.spine.Http;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClusterLifeTest {
  @Test
  void a_cluster_comes_up_shows_its_members_heals_and_goes_down_without_a_trace() throws Exception {
    Path directory = ServerProcess.directory("cluster-life").resolve("cluster");
    try (ClusterProcesses cluster = new ClusterProcesses(directory)) {
      cluster.up("--masters", "2", "--workers", "2", "--apis", "1", "--alerts", "1");
      Http http = new Http(cluster.url("api-1"), "admin", cluster.adminPassword());

      JsonNode members = http.get("cluster").json();
      assertThat(members.get("masters")).hasSize(2);
      assertThat(members.get("workers")).hasSize(2);
      assertThat(members.get("apis")).hasSize(1);
      assertThat(members.get("alerts")).hasSize(1);
      assertThat(cluster.status().exitCode()).isZero();

      cluster.process("master-1").destroyForcibly();
      cluster.process("master-1").onExit().join();
      assertThat(cluster.status().exitCode()).isNotZero();
      assertThat(cluster.status().output()).containsPattern("master-1 +down");

      cluster.up("--masters", "2", "--workers", "2", "--apis", "1", "--alerts", "1");
      assertThat(cluster.status().exitCode()).isZero();

      assertThat(cluster.down().exitCode()).isZero();
      assertThat(ServerProcess.leftOvers(directory)).isEmpty();
    }
  }
}
