package io.porpoise.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.HttpTester.Answer;
import io.porpoise.api.testing.StreamClient;
import io.porpoise.node.Health;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StopTest {
  private static final int GOING_AWAY = 1001;

  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void a_stop_finishes_what_is_asked_and_sends_watchers_elsewhere() throws Exception {
    api.save(
        "etl",
        """
        workflow: {name: etl}
        tasks:
        - {name: extract, task_type: Shell, command: echo 1}
        """);
    String id =
        api.http
            .post("/api/v1/projects/tutorial/workflows/etl/instances")
            .json("{}")
            .send()
            .ok(202)
            .json()
            .getString("id");
    api.fakeMaster.asked.acquire();
    api.fakeMaster.isSilent = true;
    try (StreamClient watcher = new StreamClient(api.port())) {
      CompletableFuture<Answer> asking =
          CompletableFuture.supplyAsync(
              () -> api.http.get("/api/v1/workflow-instances/" + id).send());
      api.fakeMaster.asked.acquire();
      assertThat(isReady()).isTrue();

      CompletableFuture<Void> stopped = api.stop().toCompletableFuture();

      assertThat(asking.get().status()).isEqualTo(200);
      assertThat(watcher.closeCode()).isEqualTo(GOING_AWAY);
      stopped.get();
      assertThat(isReady()).isFalse();
      assertThatThrownBy(() -> api.http.get("/health/ready").anonymous().send())
          .hasStackTraceContaining(ConnectException.class.getName());
    }
  }

  private boolean isReady() {
    return api.health.ready().stream().allMatch(Health.Finding::isWell);
  }
}
