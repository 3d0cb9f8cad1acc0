package io.porpoise.api.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverviewTest {
  private static WorkflowInstance created(long id, Instant at) {
    return WorkflowInstance.submitted(
        new WorkflowInstanceId(id), 1, 1, 1, StartOptions.NONE, "ada", at);
  }

  private static WorkflowInstance ended(long id, WorkflowState state, Instant at) {
    return created(id, at).started(at).ended(state, null, Map.of(), at);
  }

  @Test
  void what_runs_what_waits_and_what_failed_lately_is_on_one_page() {
    try (ApiUnderTest api = new ApiUnderTest()) {
      api.save("etl", "{workflow: {name: etl}, tasks: [{name: a, task_type: Shell, command: x}]}");
      Instant now = Instant.now();
      api.stores.put(created(1, now));
      api.stores.put(created(2, now.minus(40, ChronoUnit.HOURS)).started(now));
      api.stores.put(ended(3, WorkflowState.FAILED, now));
      api.stores.put(ended(4, WorkflowState.FAILED, now.minus(40, ChronoUnit.HOURS)));
      api.stores.put(ended(5, WorkflowState.SUCCEEDED, now.minus(2, ChronoUnit.HOURS)));

      JsonObject page = api.http.get("/api/v1/overview").send().ok(200).json();

      JsonObject counts = page.getJsonObject("counts");
      assertThat(counts.getJsonObject("RUNNING").encode())
          .isEqualTo("{\"count\":1,\"isMore\":false}");
      assertThat(counts.getJsonObject("FAILED").getInteger("count")).isEqualTo(1);
      assertThat(counts.getJsonObject("SERIAL_WAIT").getInteger("count")).isZero();
      assertThat(page.getJsonArray("running").getJsonObject(0).getString("id")).isEqualTo("2");
      assertThat(page.getJsonArray("running").getJsonObject(0).getJsonObject("reason")).isNotNull();
      assertThat(page.getJsonArray("waiting").getJsonObject(0).getString("id")).isEqualTo("1");
      assertThat(page.getJsonArray("failed")).hasSize(1);
      assertThat(page.getJsonArray("hours")).hasSize(24);
      assertThat(page.getJsonArray("hours").getJsonObject(23).getInteger("failed")).isEqualTo(1);
      assertThat(page.getJsonArray("hours").getJsonObject(21).getInteger("succeeded")).isEqualTo(1);
      assertThat(page.getBoolean("isHoursPartial")).isFalse();
    }
  }

  @Test
  void a_failed_reading_is_not_kept() {
    try (ApiUnderTest api = new ApiUnderTest()) {
      api.http.get("/api/v1/me").send().ok(200);
      api.stores.isDown = true;
      api.http.get("/api/v1/overview").send().problem(503, "DATABASE_UNAVAILABLE");
      api.stores.isDown = false;
      api.http.get("/api/v1/overview").send().ok(200);
    }
  }
}
