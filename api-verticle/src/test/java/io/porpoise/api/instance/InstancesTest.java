package io.porpoise.api.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.HttpTester.Answer;
import io.porpoise.api.testing.Instances;
import io.porpoise.bus.message.Look;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceQueries;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstancesTest {
  private static final String START = "/api/v1/projects/tutorial/workflows/etl/instances";
  private static final String BASE = "/api/v1/workflow-instances";

  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
    api.save(
        "etl",
        """
        workflow: {name: etl}
        tasks:
        - {name: extract, task_type: Shell, command: echo 1}
        """);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_start_is_durable_and_the_owner_is_told_to_look() throws Exception {
    Answer answer =
        api.http
            .post(START)
            .json("{'params':{'a':1.10,'b':true,'c':'x','d':null},'priority':'HIGH','dryRun':true}")
            .send()
            .ok(202);

    String id = answer.json().getString("id");
    assertThat(answer.json().getString("state")).isEqualTo("SUBMITTED");
    assertThat(answer.header("Location")).isEqualTo(BASE + "/" + id);
    JsonObject found = api.http.get(BASE + "/" + id).send().ok(200).json();
    assertThat(found.getJsonObject("params").getMap())
        .containsEntry("a", "1.10")
        .containsEntry("b", "true")
        .containsEntry("d", "");
    assertThat(found.getString("priority")).isEqualTo("HIGH");
    assertThat(nextLook()).isEqualTo(lookAt(id));
  }

  @Test
  void whoever_is_not_the_owner_makes_the_api_ask_again_who_is() throws Exception {
    api.fakeMaster.isStranger = true;
    String id = started("key-1").ok(202).json().getString("id");

    assertThat(nextLook()).isEqualTo(lookAt(id));
    assertThat(nextLook()).isEqualTo(lookAt(id));
  }

  private Look nextLook() throws InterruptedException {
    return api.fakeMaster.looks.poll(10, TimeUnit.SECONDS);
  }

  private static Look lookAt(String id) {
    return new Look(List.of(new WorkflowInstanceId(Long.parseLong(id))));
  }

  @Test
  void the_same_idempotency_key_starts_once() {
    String first = started("key-1").ok(202).json().getString("id");

    assertThat(started("key-1").ok(202).json().getString("id")).isEqualTo(first);
    assertThat(started("key-2").ok(202).json().getString("id")).isNotEqualTo(first);
    started("has space").problem(400, "BAD_IDEMPOTENCY_KEY");
    assertThat(api.stores.instances).hasSize(2);
  }

  private Answer started(String key) {
    return api.http.post(START).header("Idempotency-Key", key).send();
  }

  @Test
  void what_a_start_says_is_checked() {
    for (String body :
        List.of(
            "{'params':[]}",
            "{'params':{'a':{}}}",
            "{'params':{'':1}}",
            "{'startNodes':['extrat']}",
            "{'startNodes':'extract'}",
            "{'nodeScope':'TASK'}",
            "{'dryRun':'yes'}",
            "{'scheduleTime':'yesterday'}",
            "{'scheduleTime':'-999999999-01-01T00:00:00Z'}")) {
      api.http.post(START).json(body).send().problem(400, "BAD_FIELD");
    }
    api.http.post(START).json("{'param':{}}").send().problem(400, "UNKNOWN_FIELD");
    api.http.post(START).json("{'params':{},'params':{}}").send().problem(400, "BAD_JSON");
    api.http.post(START).json("[]").send().problem(400, "BAD_FIELD");
    api.http.post(START).json("{").send().problem(400, "BAD_JSON");
    api.http.post(START).json("{}{}").send().problem(400, "BAD_JSON");
    assertThat(api.stores.instances).isEmpty();
  }

  @Test
  void lists_are_newest_first_filtered_and_paged_without_gaps() {
    for (long id = 1; id <= 7; id++) {
      api.stores.put(
          id % 2 == 0 ? Instances.running(id) : Instances.ended(id, WorkflowState.SUCCEEDED));
    }

    assertThat(ids("?limit=2")).containsExactly("7", "6", "5", "4", "3", "2", "1");
    assertThat(ids("?state=RUNNING&limit=1")).containsExactly("6", "4", "2");
    assertThat(ids("?project=tutorial&workflow=etl")).hasSize(7);
    assertThat(ids("?project=other")).isEmpty();
    assertThat(ids("?from=" + Instances.AT.plusSeconds(6))).containsExactly("7", "6");
    assertThat(ids("?to=" + Instances.AT.plusSeconds(2))).containsExactly("1");
    for (String bad :
        List.of("limit=0", "limit=501", "limit=x", "state=GONE", "from=now", "limit=1&limit=2")) {
      api.http.get(BASE + "?" + bad).send().problem(400, "BAD_QUERY");
    }
  }

  private List<String> ids(String query) {
    List<String> ids = new ArrayList<>();
    String next = "";
    do {
      JsonObject page = api.http.get(BASE + query + next).send().ok(200).json();
      page.getJsonArray("items").forEach(item -> ids.add(((JsonObject) item).getString("id")));
      next = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
    } while (next != null);
    return ids;
  }

  @Test
  void a_detail_has_the_valid_tasks_and_on_request_all_attempts() {
    api.stores.put(Instances.running(812));
    api.stores.put(Instances.task(9000, 812, TaskState.FAILED, "w1").change().valid(false).done());
    api.stores.put(Instances.task(9001, 812, TaskState.RUNNING, "w1"));

    JsonObject detail = api.http.get(BASE + "/812").send().ok(200).json();
    assertThat(detail.getString("state")).isEqualTo("RUNNING");
    assertThat(detail.getString("owner")).isEqualTo("m1");
    assertThat(detail.getString("startTime")).isEqualTo("2026-11-20T02:00:00.123Z");
    assertThat(detail.getJsonObject("reason").getString("text"))
        .isEqualTo("because the test says so");
    assertThat(detail.getJsonArray("tasks")).hasSize(1);
    JsonObject task = detail.getJsonArray("tasks").getJsonObject(0);
    assertThat(task.getString("id")).isEqualTo("9001");
    assertThat(task.getJsonObject("reason").getString("code")).isEqualTo("RUNNING");
    assertThat(api.http.get(BASE + "/812?attempts=all").send().ok(200).json().getJsonArray("tasks"))
        .hasSize(2);
    assertThat(api.http.get("/api/v1/task-instances/9001").send().ok(200).json()).isEqualTo(task);
    api.http.get(BASE + "/813").send().problem(404, "NOT_FOUND");
    api.http.get(BASE + "/x").send().problem(400, "BAD_ID");
    api.http.get(BASE + "/9999999999999999999").send().problem(400, "BAD_ID");
    api.http.get(BASE + "/812?attempts=some").send().problem(400, "BAD_QUERY");
  }

  @Test
  void without_a_master_a_running_instance_is_in_failover_and_says_why() {
    api.stores.put(Instances.running(812));
    api.stores.put(Instances.submitted(813));
    api.registry.remove(api.master);
    api.onLoop(() -> {});

    JsonObject running = api.http.get(BASE + "/812").send().ok(200).json();
    assertThat(running.getString("state")).isEqualTo("FAILOVER");
    assertThat(running.getJsonObject("reason").getString("text")).isEqualTo("no master is alive");
    JsonObject submitted = api.http.get(BASE + "/813").send().ok(200).json();
    assertThat(submitted.getString("state")).isEqualTo("SUBMITTED");
    assertThat(submitted.getJsonObject("reason").getString("code")).isEqualTo("NO_MASTER");
  }

  @Test
  void a_silent_master_costs_no_more_than_the_owner_timeout() {
    api.stores.put(Instances.running(812));
    api.fakeMaster.isSilent = true;

    JsonObject found = api.http.get(BASE + "/812").send().ok(200).json();

    assertThat(found.getString("state")).isEqualTo("RUNNING");
    assertThat(found.getJsonObject("reason").getString("code")).isEqualTo("MASTER_SILENT");
  }

  @Test
  void actions_become_commands_where_the_state_allows_them() {
    api.stores.put(Instances.running(812));
    api.stores.put(Instances.ended(813, WorkflowState.FAILED));

    act(812, "STOP").ok(202);
    assertThat(api.stores.commands).extracting(Command::type).containsExactly(Command.Type.STOP);
    assertThat(api.stores.commands.get(0).actor()).isEqualTo("ada");
    assertThat(act(812, "RESUME").problem(409, "NOT_POSSIBLE_IN_STATE").getString("detail"))
        .contains("RUNNING");
    act(813, "STOP").problem(409, "NOT_POSSIBLE_IN_STATE");
    act(813, "RECOVER_FAILED").ok(202);
    act(813, "RERUN").ok(202);
    act(812, "PAUSE").ok(202);
    act(813, "EXPLODE").problem(400, "BAD_FIELD");
    act(814, "STOP").problem(404, "NOT_FOUND");
  }

  private Answer act(long id, String action) {
    return api.http.post(BASE + "/" + id + "/actions").json("{'action':'" + action + "'}").send();
  }

  @Test
  void tasks_are_killed_where_their_state_allows_it() {
    api.stores.put(Instances.running(812));
    api.stores.put(Instances.ended(813, WorkflowState.FAILED));
    api.stores.put(Instances.task(9001, 812, TaskState.RUNNING, "w1"));
    api.stores.put(Instances.task(9002, 813, TaskState.FAILED, "w1"));

    actOnTask(9001, "KILL").ok(202);
    actOnTask(9001, "FORCE_SUCCESS").problem(409, "NOT_POSSIBLE_IN_STATE");
    actOnTask(9002, "FORCE_SUCCESS").ok(202);
    actOnTask(9002, "SAVEPOINT").problem(409, "NOT_POSSIBLE_IN_STATE");
    assertThat(api.stores.commands)
        .extracting(Command::type)
        .containsExactly(Command.Type.KILL_TASK, Command.Type.FORCE_SUCCESS);
  }

  private Answer actOnTask(long id, String action) {
    return api.http
        .post("/api/v1/task-instances/" + id + "/actions")
        .json("{'action':'" + action + "'}")
        .send();
  }

  @Test
  void the_history_is_told_oldest_first() {
    api.stores.put(Instances.running(812));
    for (int n = 1; n <= 3; n++) {
      Batch.HistoryEntry entry =
          new Batch.HistoryEntry(Instances.AT, "extract", n, null, "RUNNING", "STARTED", "w1");
      api.stores.history.add(new InstanceQueries.HistoryRow(n, List.of(entry, entry)));
    }

    JsonObject first = api.http.get(BASE + "/812/events?limit=2").send().ok(200).json();
    assertThat(first.getJsonArray("items")).hasSize(4);
    JsonObject second =
        api.http
            .get(BASE + "/812/events?limit=2&cursor=" + first.getString("next"))
            .send()
            .ok(200)
            .json();
    assertThat(second.getJsonArray("items")).hasSize(2);
    assertThat(second.getString("next")).isNull();
    api.stores.history.clear();
    api.http.get(BASE + "/999/events").send().problem(404, "NOT_FOUND");
  }
}
