package io.porpoise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.spine.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starting, stopping and killing standalone; one data directory goes through all of it. */
class StandaloneLifeTest {
  private static Path data;
  private static ServerProcess server;

  @BeforeAll
  static void first_start() throws Exception {
    data = ServerProcess.directory("standalone-life").resolve("data");
    server = ServerProcess.standalone(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_stop_leaves_no_process_and_the_next_start_finds_everything() throws Exception {
    http().post("projects", "{\"name\":\"kept\",\"description\":\"over a restart\"}");

    server.terminate();
    assertThat(server.awaitEnd()).isZero();
    assertThat(ServerProcess.leftOvers(data)).isEmpty();
    assertThat(server.errors()).isEmpty();

    server = ServerProcess.standalone(data);
    assertThat(http().post("projects", "{\"name\":\"kept\"}").status()).isEqualTo(409);
  }

  @Test
  void a_stop_ends_running_attempts_too() throws Exception {
    String mark = "31415" + ProcessHandle.current().pid();
    Http http = http();
    http.project("endless");
    http.save(
        "endless",
        "sleeper",
        """
        workflow: {name: sleeper}
        tasks: [{name: sleep, task_type: Shell, command: sleep %s}]
        """
            .formatted(mark));
    http.start("endless", "sleeper", "{}");
    await(() -> !ServerProcess.naming("sleep\0" + mark).isEmpty());

    server.terminate();
    assertThat(server.awaitEnd()).isZero();
    assertThat(ServerProcess.naming(mark)).isEmpty();
    assertThat(ServerProcess.leftOvers(data)).isEmpty();
    server = ServerProcess.standalone(data);
  }

  @Test
  void after_a_kill_the_orphaned_database_is_taken_over() throws Exception {
    http().post("projects", "{\"name\":\"survivor\"}");
    long database = server.database().orElseThrow().pid();

    server.kill();
    assertThat(ProcessHandle.of(database).orElseThrow().isAlive()).isTrue();

    server = ServerProcess.standalone(data);
    assertThat(server.database().orElseThrow().pid()).isEqualTo(database);
    assertThat(http().post("projects", "{\"name\":\"survivor\"}").status()).isEqualTo(409);

    server.terminate();
    assertThat(server.awaitEnd()).isZero();
    assertThat(ServerProcess.leftOvers(data)).isEmpty();
    server = ServerProcess.standalone(data);
  }

  @Test
  void a_database_that_is_killed_is_started_again() throws Exception {
    ProcessHandle database = server.database().orElseThrow();
    Http http = http();

    database.destroyForcibly();
    database.onExit().join();
    await(() -> http.get("projects").status() == 200);

    assertThat(server.database().orElseThrow().pid()).isNotEqualTo(database.pid());
  }

  @Test
  void a_second_process_on_the_data_directory_is_refused() throws Exception {
    String line =
        "porpoise: data directory %s is in use by process %d: stop it, or choose another directory with --set node.data=DIR"
            .formatted(data, server.pid());

    ServerProcess second = launchBeside("second", Map.of(), "node.data=" + data);

    assertThat(second.awaitEnd()).isEqualTo(1);
    assertThat(second.errors().lines()).containsExactly(line);
  }

  @Test
  void a_data_directory_of_another_version_is_refused() throws Exception {
    Path other = Files.createDirectories(data.resolveSibling("other-version"));
    Files.writeString(other.resolve("format"), "99");

    ServerProcess refused = ServerProcess.launch("standalone", other, Map.of());

    assertRefused(refused, "porpoise: data directory " + other + " has format 99, ");
    assertThat(other.resolve("nodes")).doesNotExist();
  }

  @Test
  void a_port_in_use_is_told_and_everything_that_was_started_ends() throws Exception {
    Path other = data.resolveSibling("port-in-use");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerProcess refused =
          ServerProcess.launch(
              "standalone",
              other,
              Map.of(),
              "api.port=" + taken.getLocalPort(),
              "standalone.database_binary=" + binary());

      assertRefused(
          refused,
          "porpoise: port %d on 127.0.0.1 is in use: stop what uses it, or choose another with --set api.port=PORT"
              .formatted(taken.getLocalPort()));
      assertThat(ServerProcess.leftOvers(other)).isEmpty();
    }
  }

  @Test
  void a_wrong_password_is_told() throws Exception {
    String port = Files.readString(data.resolve("mariadb/port")).strip();
    String uri = "mysql://127.0.0.1:" + port + "/porpoise";

    ServerProcess refused =
        launchBeside(
            "wrong-password",
            Map.of("PORPOISE_DATABASE_URI", uri, "PORPOISE_DATABASE_PASSWORD", "wrong"));

    assertRefused(refused, "porpoise: the database at " + uri + " refused user 'porpoise': check ");
  }

  @Test
  void a_database_that_is_down_is_told_after_a_while() throws Exception {
    String uri = "mysql://127.0.0.1:" + ServerProcess.freePort() + "/porpoise";

    ServerProcess refused =
        launchBeside(
            "database-down", Map.of("PORPOISE_DATABASE_URI", uri), "node.start_timeout=6s");

    assertRefused(refused, "porpoise: the database at " + uri + " cannot be reached (");
  }

  @Test
  void a_zookeeper_that_is_down_is_told_after_a_while() throws Exception {
    String connect = "127.0.0.1:" + ServerProcess.freePort();

    ServerProcess refused =
        launchBeside(
            "zookeeper-down",
            Map.of("PORPOISE_ZOOKEEPER_CONNECT", connect, "PORPOISE_DATABASE_URI", "mysql://h/x"),
            "node.start_timeout=2s");

    assertThat(refused.awaitEnd()).isEqualTo(1);
    assertThat(refused.errors().lines()).singleElement().asString().contains(connect);
  }

  @Test
  void a_master_without_a_cluster_says_what_it_needs() throws Exception {
    Path other = data.resolveSibling("lonely-master");

    assertRefused(
        ServerProcess.launch("master", other, Map.of()),
        "porpoise: zookeeper.connect is not set: it must be ");
  }

  @Test
  void an_unknown_key_is_bad_usage() throws Exception {
    ServerProcess refused = launchBeside("unknown-key", Map.of(), "api.prot=1");

    assertThat(refused.awaitEnd()).isEqualTo(2);
    assertThat(refused.errors().lines())
        .containsExactly(
            "porpoise: --set: unknown key 'api.prot' (value '1'); did you mean api.port?");
  }

  private static void await(BooleanSupplier isSo) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static ServerProcess launchBeside(
      String name, Map<String, String> environment, String... settings) throws IOException {
    return ServerProcess.launch("standalone", data.resolveSibling(name), environment, settings);
  }

  private static void assertRefused(ServerProcess refused, String beginning) throws Exception {
    assertThat(refused.awaitEnd()).isEqualTo(1);
    assertThat(refused.errors().lines()).singleElement().asString().startsWith(beginning);
  }

  /** Unpacked once is enough. */
  private static Path binary() {
    return data.resolve("mariadb/mariadb-11.4.5/bin/mariadbd");
  }

  private static Http http() throws IOException {
    return new Http(server.url(), "admin", "porpoise123");
  }
}
