package io.porpoise.cli;

import static io.porpoise.cli.FakeServer.instance;
import static io.porpoise.cli.FakeServer.logFrame;
import static io.porpoise.cli.FakeServer.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and logs followed over the stream. */
class FollowTest {
  @TempDir Path home;
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    server.on(
        "POST /api/v1/projects/tutorial/workflows/etl/instances",
        202,
        "{\"id\":\"812\",\"state\":\"SUBMITTED\"}");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void shows_states_and_log_lines_and_exits_with_the_outcome() {
    ends("SUCCEEDED", task("1", "extract", "SUCCEEDED"));
    server.onMessage(
        (socket, message) -> {
          long id = message.getLong("id");
          if (isSubscription(message, "workflow-instance/812")) {
            event(socket, id, task("1", "extract", "RUNNING"));
            event(socket, id, task("1", "extract", "SUCCEEDED"));
            end(socket, id);
          } else if (isSubscription(message, "log/1")) {
            socket.writeBinaryMessage(logFrame(id, 0, "one\ntw"));
            socket.writeBinaryMessage(logFrame(id, 6, "o\nthree"));
            end(socket, id);
          }
        });

    CommandLineRun run = run("run", "tutorial/etl", "--follow");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            instance 812 of tutorial/etl
            extract  * RUNNING on w1
            extract  | one
            extract  | two
            extract  | three
            extract  * SUCCEEDED in 1.25 s
            instance 812 SUCCEEDED after 2.50 s
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void every_byte_that_was_read_is_granted_again() {
    ends("SUCCEEDED", task("1", "extract", "SUCCEEDED"));
    server.onMessage(
        (socket, message) -> {
          long id = message.getLong("id");
          if (isSubscription(message, "workflow-instance/812")) {
            event(socket, id, task("1", "extract", "RUNNING"));
            end(socket, id);
          } else if (isSubscription(message, "log/1")) {
            socket.writeBinaryMessage(logFrame(id, 0, "x".repeat(1000)));
          } else if (message.getString("type").equals("credit")) {
            end(socket, id);
          }
        });

    CommandLineRun run = run("run", "tutorial/etl", "--follow");

    assertThat(run.exitCode()).isZero();
    assertThat(server.subscriptions)
        .anyMatch(m -> "credit".equals(m.getString("type")) && m.getLong("bytes") == 1000);
  }

  @Test
  void a_lost_connection_is_opened_again_and_the_log_goes_on_where_it_was() {
    ends("SUCCEEDED", task("1", "extract", "SUCCEEDED"));
    AtomicInteger connections = new AtomicInteger();
    server.onMessage(
        (socket, message) -> {
          long id = message.getLong("id");
          if (isSubscription(message, "workflow-instance/812")) {
            connections.incrementAndGet();
            event(socket, id, task("1", "extract", "RUNNING"));
            if (connections.get() == 2) {
              end(socket, id);
            }
          } else if (isSubscription(message, "log/1")) {
            if (connections.get() == 1) {
              socket.writeBinaryMessage(logFrame(id, 0, "one\n"));
            } else {
              socket.writeBinaryMessage(logFrame(id, message.getLong("offset"), "two\n"));
              end(socket, id);
            }
          } else if (connections.get() == 1) {
            socket.close((short) 1012, "restart");
          }
        });

    CommandLineRun run = run("run", "tutorial/etl", "--follow");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsOnlyOnce("| one\n").containsOnlyOnce("| two\n");
    assertThat(run.err()).contains("is lost; trying again");
    assertThat(server.subscriptions)
        .anyMatch(m -> isSubscription(m, "log/1") && m.getLong("offset") == 4);
  }

  @Test
  void a_workflow_that_fails_is_exit_code_1_and_says_why() {
    server.on(
        "GET /api/v1/workflow-instances/812",
        200,
        instance("812", "FAILED")
            .put("reason", new JsonObject().put("code", "TASK_FAILED").put("text", "load FAILED")));
    server.onMessage((socket, message) -> end(socket, message.getLong("id")));

    CommandLineRun run = run("run", "tutorial/etl", "--wait");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).endsWith("instance 812 FAILED after 2.50 s: load FAILED\n");
  }

  @Test
  void a_task_that_came_and_went_between_two_events_is_shown_all_the_same() {
    ends("SUCCEEDED", task("1", "quick", "SUCCEEDED"));
    server.onMessage(
        (socket, message) -> {
          long id = message.getLong("id");
          if (isSubscription(message, "log/1")) {
            socket.writeBinaryMessage(logFrame(id, 0, "was here\n"));
          }
          end(socket, id);
        });

    CommandLineRun run = run("run", "tutorial/etl", "--follow");

    assertThat(run.out()).contains("quick    | was here\n").contains("quick    * SUCCEEDED");
  }

  @Test
  void a_followed_log_is_the_bytes_as_they_were_written() {
    server.onMessage(
        (socket, message) -> {
          if (isSubscription(message, "log/9001")) {
            socket.writeBinaryMessage(logFrame(1, 0, "a\r\n\u001b[31mä"));
            socket.writeBinaryMessage(logFrame(1, 11, "\n"));
            end(socket, 1);
          }
        });

    CommandLineRun run = run("logs", "9001", "-f");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("a\r\n\u001b[31mä\n");
  }

  @Test
  void a_subscription_that_is_refused_is_an_error_of_one_line() {
    server.onMessage(
        (socket, message) ->
            socket.writeTextMessage(
                new JsonObject()
                    .put("type", "error")
                    .put("id", 1)
                    .put("code", "NOT_FOUND")
                    .put("detail", "There is no task instance 9001.")
                    .encode()));

    CommandLineRun run = run("logs", "9001", "-f");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("porpoise: There is no task instance 9001.\n");
  }

  private void ends(String state, JsonObject... tasks) {
    server
        .on("GET /api/v1/workflow-instances/812", 200, instance("812", state, tasks))
        .on("GET /api/v1/workflow-instances/812?attempts=all", 200, instance("812", state, tasks));
  }

  private static boolean isSubscription(JsonObject message, String topic) {
    return topic.equals(message.getString("topic"));
  }

  private static void event(ServerWebSocket socket, long id, JsonObject task) {
    socket.writeTextMessage(
        new JsonObject()
            .put("type", "event")
            .put("id", id)
            .put("event", "changed")
            .put("tasks", new JsonArray().add(task))
            .encode());
  }

  private static void end(ServerWebSocket socket, long id) {
    socket.writeTextMessage(new JsonObject().put("type", "end").put("id", id).encode());
  }

  private CommandLineRun run(String... args) {
    return CommandLineRun.of(CommandLineRun.user(server, home), args);
  }
}
