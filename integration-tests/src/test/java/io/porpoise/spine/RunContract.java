package io.porpoise.spine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a run does, seen from outside; the same for standalone and for a cluster of processes. */
abstract class RunContract {
  static final Path EXAMPLES = Path.of("..", "conf", "examples").toAbsolutePath().normalize();
  static final String PROJECT = "tutorial";

  /** A logged-in user of the server that runs. */
  abstract Http http();

  @Test
  void the_etl_over_real_data_succeeds_and_its_totals_are_right() throws IOException {
    Http http = http();
    http.project(PROJECT);
    http.save(PROJECT, "etl", Files.readString(EXAMPLES.resolve("etl.yaml")));

    String id =
        http.start(
            PROJECT, "etl", "{\"params\":{\"data_dir\":\"" + EXAMPLES.resolve("data") + "\"}}");
    JsonNode ended = http.awaitEnd(id);

    assertThat(ended.get("state").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
    JsonNode extract = Http.task(ended, "extract");
    JsonNode clean = Http.task(ended, "clean");
    int raw = extract.get("outputs").get("raw_rows").asInt();
    assertThat(
            clean.get("outputs").get("clean_rows").asInt()
                + clean.get("outputs").get("doubles").asInt())
        .isEqualTo(raw);
    String totals = text(http.log(Http.task(ended, "check_totals").get("id").asText()));
    assertThat(totals.lines()).hasSize(7).allMatch(line -> line.startsWith("ok"));
    assertThat(text(http.log(Http.task(ended, "report").get("id").asText())))
        .contains("Wildlife strikes");
  }

  @Test
  void a_task_that_fails_is_tried_again_as_a_new_attempt() throws IOException {
    Http http = http();
    http.project(PROJECT);
    http.save(
        PROJECT,
        "twice",
        """
        workflow: {name: twice}
        tasks:
          - name: unlucky
            task_type: Shell
            fail_retry_times: 2
            fail_retry_interval: 1s
            command: |
              if [ -e "${marker}" ]; then echo "now it works"; else touch "${marker}"; exit 7; fi
        """);
    Path marker = Files.createTempDirectory("porpoise-retry").resolve("marker");

    String id = http.start(PROJECT, "twice", "{\"params\":{\"marker\":\"" + marker + "\"}}");
    JsonNode ended = http.awaitEnd(id);

    assertThat(ended.get("state").asText()).isEqualTo("SUCCEEDED");
    JsonNode task = Http.task(ended, "unlucky");
    assertThat(task.get("attempt").asInt()).isEqualTo(2);
    JsonNode all = http.get("workflow-instances/" + id + "?attempts=all").json().get("tasks");
    assertThat(all).hasSize(2);
    assertThat(all.get(0).get("state").asText()).isEqualTo("FAILED");
    assertThat(all.get(0).get("exitCode").asInt()).isEqualTo(7);
    assertThat(all.get(0).get("valid").asBoolean()).isFalse();
  }

  @Test
  void a_stop_kills_the_whole_process_tree_and_ends_the_instance() throws Exception {
    Http http = http();
    http.project(PROJECT);
    Path pids = Files.createTempDirectory("porpoise-stop").resolve("pids");
    http.save(
        PROJECT,
        "sleeper",
        """
        workflow: {name: sleeper}
        tasks:
          - name: sleep
            task_type: Shell
            command: |
              trap '' TERM
              setsid bash -c 'trap "" TERM; echo $$ >> "%1$s"; while true; do sleep 1; done' &
              echo $$ >> "%1$s"
              echo started
              while true; do sleep 1; done
          - {name: never, task_type: Shell, deps: [sleep], command: echo never}
        """
            .formatted(pids));
    String id = http.start(PROJECT, "sleeper", "{}");
    JsonNode running =
        http.await(
            id,
            instance ->
                instance.get("tasks").size() == 1
                    && instance.get("tasks").get(0).get("state").asText().equals("RUNNING"));
    while (!Files.exists(pids) || Files.readAllLines(pids).size() < 2) {
      Thread.sleep(20);
    }
    assertThat(Http.task(running, "sleep").get("reason").toString()).contains("running on worker");

    Http.Answer stop = http.post("workflow-instances/" + id + "/actions", "{\"action\":\"STOP\"}");
    assertThat(stop.status()).isEqualTo(202);
    JsonNode ended = http.awaitEnd(id);

    assertThat(ended.get("state").asText()).isEqualTo("STOPPED");
    assertThat(Http.task(ended, "sleep").get("state").asText()).isEqualTo("KILLED");
    for (String pid : Files.readAllLines(pids)) {
      assertThat(isAlive(pid)).as("process %s", pid).isFalse();
    }
    Http.Answer again = http.post("workflow-instances/" + id + "/actions", "{\"action\":\"STOP\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().get("detail").asText()).contains("STOPPED");
  }

  @Test
  void states_and_log_lines_arrive_over_the_web_socket_while_they_happen() throws Exception {
    Http http = http();
    http.project(PROJECT);
    http.save(
        PROJECT,
        "slow",
        """
        workflow: {name: slow}
        tasks:
          - {name: one, task_type: Shell, command: 'for i in 1 2 3; do echo "line $i"; sleep 0.3; done'}
          - {name: two, task_type: Shell, deps: [one], command: echo end}
        """);
    String id = http.start(PROJECT, "slow", "{}");
    List<String> states = new ArrayList<>();
    Set<String> tasks = new LinkedHashSet<>();
    StringBuilder log = new StringBuilder();
    try (Stream stream = new Stream(http)) {
      stream.say("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"workflow-instance/" + id + "\"}");
      boolean subscribed = false;
      for (JsonNode word = stream.nextWord();
          !(word.get("type").asText().equals("end") && word.get("id").asInt() == 1);
          word = stream.nextWord()) {
        assertThat(word.get("type").asText()).as(word.toString()).isIn("event", "end");
        if (word.get("id").asInt() == 2) {
          continue;
        }
        states.add(word.get("instance").get("state").asText());
        for (JsonNode task : word.get("tasks")) {
          tasks.add(task.get("name").asText() + " " + task.get("state").asText());
          if (!subscribed && task.get("state").asText().equals("RUNNING")) {
            subscribed = true;
            stream.say(
                "{\"type\":\"subscribe\",\"id\":2,\"topic\":\"log/"
                    + task.get("id").asText()
                    + "\",\"offset\":0}");
          }
        }
      }
      assertThat(subscribed).as("%s", tasks).isTrue();
      while (log.length() < "line 1\nline 2\nline 3\n".length()) {
        Stream.LogFrame frame = stream.nextFrame();
        assertThat(frame.subscription()).isEqualTo(2);
        assertThat(frame.offset()).isEqualTo(log.length());
        log.append(new String(frame.bytes(), StandardCharsets.UTF_8));
      }
    }

    assertThat(log.toString()).isEqualTo("line 1\nline 2\nline 3\n");
    assertThat(states.get(states.size() - 1)).isEqualTo("SUCCEEDED");
    assertThat(tasks).contains("one RUNNING", "one SUCCEEDED", "two SUCCEEDED");
  }

  @Test
  void a_hundred_instances_at_once_all_succeed() {
    Http http = http();
    http.project(PROJECT);
    http.save(
        PROJECT,
        "diamond",
        """
        workflow: {name: diamond}
        tasks:
          - {name: a, task_type: Shell, command: echo a}
          - {name: b, task_type: Shell, deps: [a], command: echo b}
          - {name: c, task_type: Shell, deps: [a], command: echo c}
          - {name: d, task_type: Shell, deps: [b, c], command: echo d}
        """);

    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ids.add(http.start(PROJECT, "diamond", "{}"));
    }

    for (String id : ids) {
      JsonNode ended = http.awaitEnd(id);
      assertThat(ended.get("state").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
      assertThat(ended.get("tasks")).hasSize(4);
    }
  }

  @Test
  void a_repeated_start_with_the_same_idempotency_key_is_the_same_instance() {
    Http http = http();
    http.project(PROJECT);
    http.save(
        PROJECT,
        "once",
        "workflow: {name: once}\ntasks:\n  - {name: a, task_type: Shell, command: echo a}\n");
    String path = "projects/" + PROJECT + "/workflows/once/instances";
    String key = "key-" + System.nanoTime();

    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(
          http.send(
                  http.request(path)
                      .header("Content-Type", "application/json")
                      .header("Idempotency-Key", key)
                      .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
                      .build())
              .json()
              .get("id")
              .asText());
    }

    assertThat(Set.copyOf(ids)).hasSize(1);
    assertThat(http.awaitEnd(ids.get(0)).get("state").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_task_of_a_worker_group_that_nobody_serves_waits_and_says_so_and_can_be_stopped() {
    Http http = http();
    http.project(PROJECT);
    http.save(
        PROJECT,
        "gpu",
        """
        workflow: {name: gpu}
        tasks:
          - {name: a, task_type: Shell, worker_group: gpu, command: echo a}
          - {name: b, task_type: Shell, command: echo b}
        """);

    String id = http.start(PROJECT, "gpu", "{}");
    JsonNode waiting =
        http.await(
            id,
            instance ->
                instance.get("tasks").size() == 2
                    && Http.task(instance, "b").get("state").asText().equals("SUCCEEDED"));

    assertThat(Http.task(waiting, "a").get("state").asText()).isEqualTo("SUBMITTED");
    assertThat(Http.task(waiting, "a").get("reason").toString())
        .contains("waiting for worker group gpu");

    http.post("workflow-instances/" + id + "/actions", "{\"action\":\"STOP\"}");
    assertThat(http.awaitEnd(id).get("state").asText()).isEqualTo("STOPPED");
  }

  @Test
  void the_history_tells_every_transition_in_order() {
    Http http = http();
    http.project(PROJECT);
    http.save(
        PROJECT,
        "told",
        "workflow: {name: told}\ntasks:\n  - {name: a, task_type: Shell, command: echo a}\n");
    String id = http.start(PROJECT, "told", "{}");
    http.awaitEnd(id);

    JsonNode items = http.get("workflow-instances/" + id + "/events").json().get("items");
    List<String> told =
        StreamSupport.stream(items.spliterator(), false)
            .map(event -> event.path("task").asText("") + ">" + event.get("to").asText())
            .toList();

    assertThat(told).contains("a>SUBMITTED", "a>DISPATCHED", "a>SUCCEEDED");
    assertThat(told.get(told.size() - 1)).endsWith(">SUCCEEDED");
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether a process is alive; a defunct one that nobody has reaped yet is not. */
  static boolean isAlive(String pid) throws IOException {
    Path stat = Path.of("/proc", pid, "stat");
    if (!Files.exists(stat)) {
      return false;
    }
    String line = Files.readString(stat);
    return line.charAt(line.lastIndexOf(')') + 2) != 'Z';
  }
}
