package io.porpoise.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.chaos.check.Report;
import io.porpoise.chaos.check.SideEffectsChecker;
import io.porpoise.chaos.workload.Workload;
import io.porpoise.processes.ClusterProcesses;
import io.porpoise.processes.ServerProcess;
import io.porpoise.spine.Http;
import io.porpoise.spine.Http.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The database and ZooKeeper go away under load, and come back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutagesTest {
  /** Longer than a session of ZooKeeper (6 s), shorter than a lease of an attempt (20 s). */
  private static final int OUTAGE_SECONDS = Integer.getInteger("outage", 8);

  /** How long an answer may take while something is away. */
  private static final Duration QUICKLY = Duration.ofSeconds(8);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PROJECT = "outages";

  private static Path directory;
  private static ClusterProcesses cluster;
  private static Workload load;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    directory = ServerProcess.directory("outages");
    cluster = new ClusterProcesses(directory.resolve("cluster"));
    cluster.up("--masters", "2", "--workers", "2", "--apis", "1", "--alerts", "0");
    http = new Http(cluster.url("api-1"), "admin", cluster.adminPassword());
    http.project(PROJECT);
    http.save(
        PROJECT,
        "sleeper",
        """
        workflow: {name: sleeper}
        tasks:
          - {name: sleep, task_type: Shell, command: "sleep ${seconds}"}
          - {name: after, task_type: Shell, deps: [sleep], command: echo done}
        """);
    load = new Workload(cluster, directory.resolve("load"), 1, 4);
    load.begin();
  }

  @AfterAll
  static void stop() throws Exception {
    if (load != null) {
      load.close();
    }
    cluster.close();
  }

  @Test
  @Order(1)
  void the_database_is_stopped_for_a_while_and_killed_once() throws Exception {
    String spanning = sleeper(OUTAGE_SECONDS + 4);
    String stopped = sleeper(60);
    untilItRuns(spanning);
    untilItRuns(stopped);
    assertThat(stop(stopped).status()).isEqualTo(202); // so it is durable, whatever comes
    cluster.stop("mariadb");

    assertPushedBack(
        http.request("projects/" + PROJECT + "/workflows/sleeper/instances")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"params\": {\"seconds\": \"0\"}}")));
    assertPushedBack(
        http.request("workflow-instances/" + spanning + "/actions")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"action\": \"STOP\"}")));
    assertPushedBack(http.request("workflow-instances/" + spanning).GET());
    assertThat(unready()).contains("\"database\"").doesNotContain("zookeeper");
    TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
    cluster.start("mariadb");

    untilReady();
    assertRanOnce(spanning);
    assertThat(http.awaitEnd(stopped).get("state").asText()).isEqualTo("STOPPED");

    cluster.kill("mariadb");
    cluster.start("mariadb");
    untilReady();
  }

  @Test
  @Order(2)
  void zookeeper_is_stopped_for_longer_than_the_sessions_last() throws Exception {
    String spanning = sleeper(OUTAGE_SECONDS + 4);
    String stopped = sleeper(60);
    untilItRuns(spanning);
    untilItRuns(stopped);
    cluster.stop("zookeeper");

    TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
    assertThat(stop(stopped).status()).isEqualTo(202);
    assertThat(http.awaitEnd(stopped).get("state").asText())
        .as("masters and workers find each other without ZooKeeper")
        .isEqualTo("STOPPED");
    assertRanOnce(sleeper(0));
    assertThat(unready()).contains("\"zookeeper\"");
    cluster.start("zookeeper");

    untilReady();
    assertRanOnce(spanning);
    JsonNode members = http.get("cluster").json();
    assertThat(members.get("masters")).hasSize(2);
    assertThat(members.get("workers")).hasSize(2);
    assertThat(members.get("slots").get("owned").asInt()).isEqualTo(1024);
  }

  @Test
  @Order(3)
  void both_are_away_at_once() throws Exception {
    String spanning = sleeper(OUTAGE_SECONDS + 4);
    untilItRuns(spanning);
    cluster.kill("mariadb");
    cluster.kill("zookeeper");
    TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
    cluster.start("zookeeper", "mariadb");

    untilReady();
    assertRanOnce(spanning);
  }

  @Test
  @Order(4)
  void of_all_that_was_accepted_meanwhile_nothing_was_lost_or_doubled() throws Exception {
    load.end();

    Report report = new SideEffectsChecker(cluster, PATIENCE).check(load);

    assertThat(report.isClean()).as(report.text()).isTrue();
    assertThat(report.instances()).as(report.text()).isPositive();
  }

  private static String sleeper(int seconds) {
    return http.start(PROJECT, "sleeper", "{\"params\": {\"seconds\": \"" + seconds + "\"}}");
  }

  private static Answer stop(String instance) {
    return http.post("workflow-instances/" + instance + "/actions", "{\"action\": \"STOP\"}");
  }

  private static void untilItRuns(String instance) {
    http.await(
        instance,
        now ->
            now.get("tasks").size() == 1
                && now.get("tasks").get(0).get("state").asText().equals("RUNNING"));
  }

  private static void assertPushedBack(HttpRequest.Builder request) {
    Answer answer = http.send(request.timeout(QUICKLY).build());
    assertThat(answer.status()).as("%s", answer.json()).isEqualTo(503);
    assertThat(answer.json().get("code").asText()).isEqualTo("DATABASE_UNAVAILABLE");
    assertThat(answer.raw().headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
  }

  /** What the API node says while it misses something. */
  private static String unready() throws InterruptedException {
    Answer answer = ready();
    while (answer.status() == 200) {
      TimeUnit.MILLISECONDS.sleep(50);
      answer = ready();
    }
    StringBuilder missing = new StringBuilder();
    for (JsonNode check : answer.json().get("checks")) {
      if (check.get("status").asText().equals("DOWN")) {
        missing.append(check);
      }
    }
    return missing.toString();
  }

  private static void untilReady() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Answer answer = ready(); answer.status() != 200; answer = ready()) {
      assertThat(System.nanoTime()).as("%s", answer.json()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static Answer ready() {
    return http.send(
        HttpRequest.newBuilder(http.server().resolve("/health/ready")).timeout(QUICKLY).build());
  }

  private static void assertRanOnce(String instance) {
    JsonNode ended = http.awaitEnd(instance);
    assertThat(ended.get("state").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
    assertThat(http.get("workflow-instances/" + instance + "?attempts=all").json().get("tasks"))
        .hasSize(2);
  }
}
