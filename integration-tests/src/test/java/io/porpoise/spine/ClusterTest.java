package io.porpoise.spine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.processes.ClusterProcesses;
import io.porpoise.processes.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The contracts on separate processes over a real ZooKeeper and MariaDB, and what only several
 * nodes can show.
 */
class ClusterTest {
  private static ClusterProcesses cluster;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    cluster = new ClusterProcesses(ServerProcess.directory("spine-cluster").resolve("cluster"));
    cluster.up("--masters", "2", "--workers", "2", "--apis", "1", "--alerts", "1");
    http = new Http(cluster.url("api-1"), "admin", cluster.adminPassword());
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Nested
  class Runs extends RunContract {
    @Override
    Http http() {
      return http;
    }
  }

  @Test
  void both_masters_own_slots_and_both_workers_get_work() {
    http.project("spread");
    StringBuilder yaml = new StringBuilder("workflow: {name: spread}\ntasks:\n");
    for (int i = 0; i < 40; i++) {
      yaml.append("  - {name: t").append(i).append(", task_type: Shell, command: sleep 0.2}\n");
    }
    http.save("spread", "spread", yaml.toString());

    JsonNode ended = http.awaitEnd(http.start("spread", "spread", "{}"));

    Set<String> workers = new TreeSet<>();
    ended.get("tasks").forEach(task -> workers.add(task.get("worker").asText()));
    assertThat(workers).hasSize(2);
    JsonNode masters = http.get("cluster").json().get("masters");
    assertThat(masters).hasSize(2);
    masters.forEach(
        master -> assertThat(master.get("load").get("slots").asInt()).isBetween(300, 724));
  }

  @Test
  void the_instances_of_a_killed_master_go_on_at_the_other_without_running_anything_twice()
      throws Exception {
    http.project("takeover");
    http.save(
        "takeover",
        "steps",
        """
        workflow: {name: steps}
        tasks:
          - {name: a, task_type: Shell, command: sleep 3}
          - {name: b, task_type: Shell, deps: [a], command: sleep 1}
        """);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(http.start("takeover", "steps", "{}"));
    }
    http.await(ids.get(19), instance -> instance.get("tasks").size() > 0);

    cluster.process("master-1").destroyForcibly();

    for (String id : ids) {
      JsonNode ended = http.awaitEnd(id);
      assertThat(ended.get("state").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
      JsonNode all = http.get("workflow-instances/" + id + "?attempts=all").json().get("tasks");
      assertThat(all).hasSize(2);
    }
    cluster.up("--masters", "2", "--workers", "2", "--apis", "1", "--alerts", "1");
  }
}
