package io.porpoise.api.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.Instances;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class GraphTest {
  @Test
  void an_instance_shows_the_tasks_and_edges_of_its_own_version() {
    try (ApiUnderTest api = new ApiUnderTest()) {
      api.save(
          "etl",
          """
          workflow: {name: etl}
          tasks:
          - {name: extract, task_type: Shell, command: secret}
          - {name: route, task_type: Switch, deps: [extract], condition: [{task: big, condition: '1 > 0'}, {task: small}]}
          - {name: big, task_type: Shell, command: x}
          - {name: small, task_type: Shell, command: x, flag: NO}
          """);
      api.save("etl", "{workflow: {name: etl}, tasks: [{name: b, task_type: Shell, command: x}]}");
      api.http
          .put("/api/v1/projects/tutorial/workflows/etl/layout")
          .json("{'tasks':{'big':{'x':1,'y':2}}}")
          .send()
          .ok(200);
      api.stores.put(Instances.running(812));

      JsonObject graph = api.http.get("/api/v1/workflow-instances/812/graph").send().ok(200).json();

      assertThat(graph.getInteger("version")).isEqualTo(1);
      assertThat(graph.getJsonArray("tasks").encode())
          .contains("{\"name\":\"route\",\"taskType\":\"SWITCH\"")
          .contains(
              "\"name\":\"small\",\"taskType\":\"SHELL\",\"description\":\"\",\"forbidden\":true")
          .doesNotContain("secret");
      assertThat(graph.getJsonArray("edges").stream().map(Object::toString))
          .containsExactlyInAnyOrder(
              "{\"from\":\"extract\",\"to\":\"route\"}",
              "{\"from\":\"route\",\"to\":\"big\"}",
              "{\"from\":\"route\",\"to\":\"small\"}");
      assertThat(graph.getJsonObject("layout").encode()).isEqualTo("{\"big\":{\"x\":1,\"y\":2}}");
      api.http.get("/api/v1/workflow-instances/99/graph").send().problem(404, "NOT_FOUND");
    }
  }
}
