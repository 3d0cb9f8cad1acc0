package io.porpoise.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.conformance.form.Case;
import io.porpoise.conformance.stack.RealStack;
import io.porpoise.processes.ServerProcess;
import io.porpoise.spine.Http;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases side by side in one real server, over HTTP. */
class StandaloneCasesTest {
  private static final int AT_ONCE = 16;

  private static final ExecutorService PLAYERS = Executors.newFixedThreadPool(AT_ONCE);
  private static ServerProcess server;
  private static Http http;
  private static Path directory;

  @BeforeAll
  static void start() throws Exception {
    directory = ServerProcess.directory("cases");
    server = ServerProcess.standalone(directory.resolve("data"));
    http = new Http(server.url(), "admin", "porpoise123");
  }

  @AfterAll
  static void stop() {
    PLAYERS.shutdownNow();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> a_case_holds_in_a_real_server() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : SimulatedCasesTest.cases()) {
      if (one.onlySimulated() == null) {
        Future<?> played =
            PLAYERS.submit(
                () ->
                    CaseRunner.run(
                        one, new RealStack(http, directory.resolve("count").resolve(one.name()))));
        tests.add(DynamicTest.dynamicTest(one.title(), one.file().toUri(), () -> join(played)));
      }
    }
    tests.add(
        DynamicTest.dynamicTest(
            "and no event came in a state in which it cannot happen",
            StandaloneCasesTest::nothing_was_unexpected));
    return tests.stream();
  }

  private static void nothing_was_unexpected() {
    String metrics = new String(http.get("../../metrics").raw().body(), StandardCharsets.UTF_8);

    assertThat(metrics.lines().filter(line -> line.startsWith("porpoise_master_steps_total")))
        .anyMatch(line -> line.contains("moved"))
        .filteredOn(line -> line.contains("unexpected"))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" 0.0"));
  }

  private static void join(Future<?> played) throws InterruptedException {
    try {
      played.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    }
  }
}
