package io.porpoise.spine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.processes.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The whole server killed in a running step, and started again: the step is adopted, not run twice.
 */
class KilledServerTest {
  @Test
  void a_task_that_runs_while_the_server_dies_is_adopted_and_runs_once() throws Exception {
    Path directory = ServerProcess.directory("killed");
    Path journal = directory.resolve("journal");
    String id;
    try (ServerProcess first = ServerProcess.standalone(directory.resolve("data"))) {
      Http http = new Http(first.url(), "admin", "porpoise123");
      http.project("p");
      http.save(
          "p",
          "long",
          """
          workflow: {name: long}
          tasks:
            - {name: a, task_type: Shell, command: 'echo begin >> %1$s; sleep 8; echo end >> %1$s'}
            - {name: b, task_type: Shell, deps: [a], command: 'echo after >> %1$s'}
          """
              .formatted(journal));
      id = http.start("p", "long", "{}");
      while (!Files.exists(journal)) {
        Thread.sleep(20);
      }
      first.kill();
      try (ServerProcess second = ServerProcess.standalone(directory.resolve("data"))) {
        JsonNode ended = new Http(second.url(), "admin", "porpoise123").awaitEnd(id);

        assertThat(ended.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(Http.task(ended, "a").get("attempt").asInt()).isEqualTo(1);
        assertThat(Files.readString(journal)).isEqualTo("begin\nend\nafter\n");
      }
    }
  }
}
