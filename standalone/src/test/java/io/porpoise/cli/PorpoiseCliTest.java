package io.porpoise.cli;

import static io.porpoise.cli.FakeServer.instance;
import static io.porpoise.cli.FakeServer.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server with fixed answers. */
class PorpoiseCliTest {
  private static final String WORKFLOW = "/api/v1/projects/tutorial/workflows/etl";

  @TempDir Path home;
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void login_keeps_the_token_where_only_its_owner_can_read_it() throws Exception {
    server.on(
        "POST /api/v1/login",
        200,
        new JsonObject().put("token", "abc").put("expires", "2030-01-01T00:00:00Z"));
    server.on("GET /api/v1/cluster", 200, "{}");
    Map<String, String> environment = new HashMap<>(CommandLineRun.user(server, home));
    environment.remove("PORPOISE_TOKEN");
    environment.put("PORPOISE_PASSWORD", "porpoise123");

    CommandLineRun login = CommandLineRun.of(environment, "login");
    CommandLineRun next = CommandLineRun.of(environment, "cluster");

    assertThat(login.exitCode()).isZero();
    assertThat(server.bodies.get(0)).isEqualTo("{\"user\":\"admin\",\"password\":\"porpoise123\"}");
    Path file = home.resolve("porpoise/tokens.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(next.exitCode()).isZero();
    assertThat(server.requests).contains("GET /api/v1/cluster Bearer abc");
  }

  @Test
  void apply_creates_a_missing_project_and_says_so() throws Exception {
    server
        .problem("PUT " + WORKFLOW, 404, "NOT_FOUND", "There is no project 'tutorial'.")
        .on("PUT " + WORKFLOW, 201, "{\"name\":\"etl\",\"version\":1,\"releaseState\":\"ONLINE\"}")
        .on("POST /api/v1/projects", 201, "{\"name\":\"tutorial\"}");
    Path file = write("workflow: {name: etl, project: tutorial}\ntasks: []\n");

    CommandLineRun run = run("workflow", "apply", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            "project tutorial did not exist; created it\ntutorial/etl: version 1, ONLINE, new\n");
  }

  @Test
  void the_faults_of_a_file_are_lines_with_file_and_line() throws Exception {
    JsonArray faults =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("line", 2)
                    .put("column", 1)
                    .put("path", "taks")
                    .put("message", "unknown key 'taks'; did you mean tasks?"));
    server.on(
        "PUT " + WORKFLOW,
        400,
        new JsonObject().put("code", "BAD_WORKFLOW").put("detail", "no").put("errors", faults));
    Path file = write("workflow: {name: etl, project: tutorial}\ntaks: []\n");

    CommandLineRun run = run("workflow", "apply", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("porpoise: " + file + ":2:1: unknown key 'taks'; did you mean tasks?\n");
  }

  @Test
  void nothing_is_sent_if_one_of_the_files_cannot_be_read() throws Exception {
    Path file = write("workflow: {name: etl, project: tutorial}\n");

    CommandLineRun run = run("workflow", "apply", file.toString(), home + "/none.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("porpoise: " + home + "/none.yaml: no such file\n");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void wrong_usage_is_one_line_and_exit_code_2() {
    CommandLineRun unknown = run("run", "--nonsense", "etl");
    CommandLineRun noProject = run("run", "etl");

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err().lines()).hasSize(1);
    assertThat(noProject.exitCode()).isEqualTo(2);
    assertThat(noProject.err()).contains("--project");
  }

  @Test
  void a_server_that_is_not_there_is_one_line() throws Exception {
    server.close();

    CommandLineRun run = run("instance", "list");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("cannot reach " + server.url());
    server = new FakeServer();
  }

  @Test
  void a_refusal_is_shown_as_the_server_says_it() {
    server.problem(
        "POST /api/v1/workflow-instances/812/actions",
        409,
        "WRONG_STATE",
        "Instance 812 is SUCCEEDED; only an unfinished one can be stopped.");

    CommandLineRun run = run("instance", "stop", "812");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("porpoise: Instance 812 is SUCCEEDED; only an unfinished one can be stopped.\n");
  }

  @Test
  void run_sends_the_parameters_and_an_idempotency_key() {
    server.on("POST " + WORKFLOW + "/instances", 202, "{\"id\":\"812\",\"state\":\"SUBMITTED\"}");

    CommandLineRun run = run("run", "tutorial/etl", "-p", "a=1", "-p", "b=x=y");

    assertThat(run.exitCode()).isZero();
    assertThat(server.bodies).containsExactly("{\"params\":{\"a\":\"1\",\"b\":\"x=y\"}}");
    assertThat(server.idempotencyKeys).hasSize(1).doesNotContain("");
    assertThat(run.out()).isEqualTo("instance 812 of tutorial/etl is accepted\n");
  }

  @Test
  void run_sends_how_it_is_to_run() {
    server.on("POST " + WORKFLOW + "/instances", 202, "{\"id\":\"812\",\"state\":\"SUBMITTED\"}");
    String options =
        "run tutorial/etl --start-node a --start-node b --scope TASK_ONLY --priority HIGH"
            + " --failure-strategy END --schedule-time 2026-03-29T02:00:00+08:00 --worker-group gpu"
            + " --dry-run";

    assertThat(run(options.split(" ")).exitCode()).isZero();

    assertThat(new JsonObject(server.bodies.get(0)))
        .isEqualTo(
            new JsonObject()
                .put("params", new JsonObject())
                .put("startNodes", new JsonArray().add("a").add("b"))
                .put("nodeScope", "TASK_ONLY")
                .put("failureStrategy", "END")
                .put("priority", "HIGH")
                .put("scheduleTime", "2026-03-29T02:00:00+08:00")
                .put("workerGroup", "gpu")
                .put("dryRun", true));
  }

  @Test
  void a_task_is_killed_and_counted_as_succeeded_by_its_id() {
    server
        .on("POST /api/v1/task-instances/9/actions", 202, "{\"id\":\"9\",\"action\":\"KILL\"}")
        .on(
            "POST /api/v1/task-instances/9/actions",
            202,
            "{\"id\":\"9\",\"action\":\"FORCE_SUCCESS\"}");

    assertThat(run("task", "kill", "9").out()).isEqualTo("KILL of task instance 9 is ordered\n");
    assertThat(run("task", "force-success", "9").out())
        .isEqualTo("FORCE_SUCCESS of task instance 9 is ordered\n");
    assertThat(server.bodies)
        .containsExactly("{\"action\":\"KILL\"}", "{\"action\":\"FORCE_SUCCESS\"}");
  }

  @Test
  void task_groups_are_made_shown_and_deleted() {
    String path = "/api/v1/task-groups/db";
    server
        .on("PUT " + path, 201, "{\"name\":\"db\",\"size\":5}")
        .on("GET " + path, 200, "{\"name\":\"db\",\"size\":5,\"held\":5,\"waiting\":[\"7\",\"3\"]}")
        .on("DELETE " + path, 204, "");

    assertThat(run("task-group", "set", "db", "5").out())
        .isEqualTo("task group db: 5 slots, new\n");
    assertThat(server.bodies.get(0)).isEqualTo("{\"size\":5}");
    assertThat(run("task-group", "get", "db").out())
        .isEqualTo(
            "db: 5 of 5 slots taken, 2 waiting\n  1. task instance 7\n  2. task instance 3\n");
    assertThat(run("task-group", "delete", "db").out()).isEqualTo("task group db is deleted\n");
    assertThat(run("task-group", "set", "db", "many").exitCode()).isEqualTo(2);
  }

  @Test
  void events_are_told_with_cause_and_actor() {
    server.on(
        "GET /api/v1/workflow-instances/812/events?limit=100",
        200,
        "{\"items\":[{\"time\":\"2026-11-20T10:31:07.042Z\",\"task\":null,\"attempt\":0,"
            + "\"from\":\"RUNNING\",\"to\":\"STOPPING\",\"cause\":\"StopRequested\","
            + "\"actor\":\"ann\"}],\"next\":null}");

    String out = run("instance", "events", "812").out();

    assertThat(out.lines().skip(1).findFirst().orElseThrow())
        .contains(":07.042  -     -        RUNNING  STOPPING  StopRequested  ann");
  }

  @Test
  void why_finds_workflow_instances_first_and_task_instances_else() {
    server
        .on(
            "GET /api/v1/workflow-instances/812",
            200,
            instance(
                "812",
                "RUNNING",
                task("1", "load", "SUBMITTED")
                    .put(
                        "reason",
                        new JsonObject()
                            .put("code", "NO_WORKER")
                            .put("text", "waiting for worker group gpu: 0 of 0 workers up"))))
        .on("GET /api/v1/task-instances/9001", 200, task("9001", "load", "RUNNING"));

    assertThat(run("why", "812").out())
        .contains("tutorial/etl 812 is RUNNING\n")
        .contains("is SUBMITTED: waiting for worker group gpu: 0 of 0 workers up\n");
    assertThat(run("why", "9001").out()).isEqualTo("task load (9001), attempt 1, is RUNNING\n");
  }

  @Test
  void json_output_is_the_servers_json() {
    server.on("GET /api/v1/workflow-instances/812", 200, instance("812", "SUCCEEDED"));

    CommandLineRun run = run("instance", "get", "812", "-o", "json");

    assertThat(new JsonObject(run.out())).isEqualTo(instance("812", "SUCCEEDED"));
  }

  private CommandLineRun run(String... args) {
    return CommandLineRun.of(CommandLineRun.user(server, home), args);
  }

  private Path write(String yaml) throws Exception {
    return Files.writeString(home.resolve("workflow.yaml"), yaml);
  }
}
