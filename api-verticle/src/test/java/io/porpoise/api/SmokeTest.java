package io.porpoise.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void a_saved_workflow_can_be_started_and_looked_at() {
    try (ApiUnderTest api = new ApiUnderTest()) {
      JsonObject saved =
          api.save(
              "hello",
              """
              workflow: {name: hello}
              tasks:
              - {name: a, task_type: Shell, command: echo hi}
              """);
      assertThat(saved.getInteger("version")).isEqualTo(1);

      String path = "/api/v1/projects/tutorial/workflows/hello/instances";
      JsonObject started = api.http.post(path).json("{'params':{'a':1}}").send().ok(202).json();

      JsonObject found =
          api.http
              .get("/api/v1/workflow-instances/" + started.getString("id"))
              .send()
              .ok(200)
              .json();
      assertThat(found.getString("state")).isEqualTo("SUBMITTED");
      assertThat(found.getJsonObject("params").getString("a")).isEqualTo("1");
    }
  }
}
