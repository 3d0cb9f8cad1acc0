package io.porpoise.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.HttpTester.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkflowsTest {
  private static final String PATH = "/api/v1/projects/tutorial/workflows/etl";
  private static final String YAML =
      """
      workflow: {name: etl, description: small}
      tasks:
      - {name: extract, task_type: Shell, command: echo 1}
      - {name: load, task_type: Shell, deps: [extract], command: echo 2}
      """;

  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer put(String yaml) {
    return api.http.put(PATH).body("application/yaml", yaml).send();
  }

  @Test
  void a_new_workflow_is_201_other_content_a_new_version_the_same_content_none() {
    assertThat(put(YAML).ok(201).json().getInteger("version")).isEqualTo(1);
    assertThat(put(YAML + "# a comment\n").ok(200).json().getInteger("version")).isEqualTo(1);
    JsonObject second = put(YAML.replace("echo 2", "echo 3")).ok(200).json();

    assertThat(second.getInteger("version")).isEqualTo(2);
    assertThat(second.getString("releaseState")).isEqualTo("ONLINE");
  }

  @Test
  void versions_are_read_as_json_and_as_yaml_which_saves_again_unchanged() {
    put(YAML);
    put(YAML.replace("echo 2", "echo 3"));

    JsonObject newest = api.http.get(PATH).send().ok(200).json();
    assertThat(newest.getInteger("version")).isEqualTo(2);
    assertThat(newest.getJsonArray("tasks")).hasSize(2);
    JsonObject first = api.http.get(PATH + "?version=1").send().ok(200).json();
    assertThat(first.getJsonArray("tasks").getJsonObject(1).getString("command"))
        .isEqualTo("echo 2");
    String yaml = api.http.get(PATH).header("Accept", "application/yaml").send().ok(200).text();
    assertThat(put(yaml).ok(200).json().getString("change")).isEqualTo("UNCHANGED");
    api.http.get(PATH + "?version=9").send().problem(404, "NOT_FOUND");
  }

  @Test
  void a_bad_file_is_refused_with_every_fault_in_its_place_and_nothing_is_saved() {
    String bad =
        YAML.replace("deps: [extract]", "deps: [extrct]").replace("command: echo 1", "comand: x");

    JsonObject problem = put(bad).problem(400, "INVALID_WORKFLOW");

    JsonArray errors = problem.getJsonArray("errors");
    assertThat(errors.size()).isGreaterThanOrEqualTo(2);
    assertThat(errors.getJsonObject(0).getInteger("line")).isEqualTo(3);
    assertThat(problem.toString()).contains("extract");
    api.http.get(PATH).send().problem(404, "NOT_FOUND");
    JsonObject checked =
        api.http.post(PATH + "/validate").body("application/yaml", bad).send().ok(200).json();
    assertThat(checked.getBoolean("valid")).isFalse();
    assertThat(checked.getJsonArray("errors")).isEqualTo(errors);
  }

  @Test
  void json_of_the_same_shape_is_the_same_document() {
    put(YAML);
    String json =
        """
        {"workflow": {"name": "etl", "description": "small"}, "tasks": [
          {"name": "extract", "task_type": "SHELL", "command": "echo 1"},
          {"name": "load", "task_type": "shell", "deps": ["extract"], "command": "echo 2"}]}
        """;

    JsonObject saved = api.http.put(PATH).body("application/json", json).send().ok(200).json();

    assertThat(saved.getString("change")).isEqualTo("UNCHANGED");
  }

  @Test
  void the_name_in_the_file_must_be_the_one_in_the_address() {
    JsonObject problem =
        put(YAML.replace("name: etl", "name: lte")).problem(400, "INVALID_WORKFLOW");

    assertThat(problem.getString("detail")).contains("'lte'").contains("'etl'");
  }

  @Test
  void an_unknown_project_is_404() {
    api.http
        .put("/api/v1/projects/nope/workflows/etl")
        .body("application/yaml", YAML)
        .send()
        .problem(404, "NOT_FOUND");
  }

  @Test
  void bodies_of_other_types_encodings_and_sizes_are_refused() {
    api.http.put(PATH).body("text/plain", YAML).send().problem(415, "UNSUPPORTED_CONTENT_TYPE");
    api.http
        .put(PATH)
        .body("application/yaml; charset=latin1", YAML)
        .send()
        .problem(415, "UNSUPPORTED_CHARSET");
    api.http
        .put(PATH)
        .header("Content-Encoding", "gzip")
        .body("application/yaml", YAML)
        .send()
        .problem(415, "UNSUPPORTED_CONTENT_ENCODING");
    api.http.put(PATH).send().problem(400, "BODY_MISSING");
    api.http
        .put(PATH)
        .body("application/yaml", new byte[] {(byte) 0xff, (byte) 0xfe, 0x41})
        .send()
        .problem(400, "INVALID_WORKFLOW");
    api.http
        .put(PATH)
        .body("application/yaml", new byte[5 * 1024 * 1024])
        .send()
        .problem(413, "BODY_TOO_LARGE");
  }

  @Test
  void an_offline_workflow_cannot_be_started() {
    put(YAML);

    JsonObject released =
        api.http.post(PATH + "/release").json("{'state':'OFFLINE'}").send().ok(200).json();
    assertThat(released.getBoolean("changed")).isTrue();
    api.http.post(PATH + "/instances").send().problem(409, "WORKFLOW_OFFLINE");
    api.http.post(PATH + "/release").json("{'state':'ONLINE'}").send().ok(200);
    api.http.post(PATH + "/instances").send().ok(202);
    api.http.post(PATH + "/release").json("{'state':'AWAY'}").send().problem(400, "BAD_FIELD");
  }

  @Test
  void lists_are_paged_by_cursor_and_a_foreign_cursor_is_refused() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      api.save(name, YAML.replace("name: etl", "name: " + name));
    }
    List<String> names = new ArrayList<>();
    String base = "/api/v1/projects/tutorial/workflows?limit=2";
    String next = "";
    do {
      JsonObject page = api.http.get(base + next).send().ok(200).json();
      page.getJsonArray("items").forEach(i -> names.add(((JsonObject) i).getString("name")));
      next = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
    } while (next != null);

    assertThat(names).containsExactly("a", "b", "c", "d", "e");
    String foreign = api.http.get(base).send().json().getString("next");
    api.http.get("/api/v1/projects?cursor=" + foreign).send().problem(400, "BAD_CURSOR");
    api.http.get("/api/v1/projects?cursor=%F0").send();
    api.http.get("/api/v1/projects?cursor=zzz").send().problem(400, "BAD_CURSOR");
  }

  @Test
  void the_same_idempotency_key_gets_the_same_answer_and_another_request_a_conflict() {
    assertThat(createWithKey("a").ok(201).json()).isEqualTo(createWithKey("a").ok(201).json());
    createWithKey("b").problem(409, "IDEMPOTENCY_KEY_USED");
    api.http.post("/api/v1/projects").json("{'name':'a'}").send().problem(409, "PROJECT_EXISTS");
  }

  private Answer createWithKey(String name) {
    return api.http
        .post("/api/v1/projects")
        .header("Idempotency-Key", "key-1")
        .json("{'name':'" + name + "'}")
        .send();
  }

  @Test
  void projects_have_names_that_fit_into_an_address() {
    JsonObject made =
        api.http.post("/api/v1/projects").json("{'name':'p 1'}").send().ok(201).json();
    assertThat(made.getString("name")).isEqualTo("p 1");
    api.http.get("/api/v1/projects/p%201").send().ok(200);
    api.http.post("/api/v1/projects").json("{'name':'p 1'}").send().problem(409, "PROJECT_EXISTS");
    for (String name : List.of("", " a", "a/b", "..", "a\\u0000b", "a\\n")) {
      api.http
          .post("/api/v1/projects")
          .json("{'name':'" + name + "'}")
          .send()
          .problem(400, "BAD_FIELD");
    }
    JsonObject unknown =
        api.http
            .post("/api/v1/projects")
            .json("{'name':'a','descripton':''}")
            .send()
            .problem(400, "UNKNOWN_FIELD");
    assertThat(unknown.getString("detail")).contains("Did you mean 'description'?");
  }

  @Test
  void a_workflow_that_starts_itself_through_its_own_project_is_refused() {
    String self =
        YAML + "- {name: again, task_type: SubWorkflow, project: tutorial, workflow_name: etl}\n";

    JsonObject problem = put(self).problem(400, "INVALID_WORKFLOW");

    assertThat(problem.getJsonArray("errors").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("line", 5)
                .put("column", 75)
                .put("path", "tasks[2].workflow_name")
                .put("message", "a workflow cannot be its own sub-workflow; name another one"));
    put(self.replace("project: tutorial", "project: other")).ok(201);
  }

  @Test
  void a_task_group_must_be_there_when_a_task_names_it() {
    api.http.put("/api/v1/task-groups/database").json("{'size': 2}").send();
    String grouped = YAML + "- {name: g, task_type: Shell, command: x, task_group_name: %s}\n";

    JsonObject error =
        put(grouped.formatted("databse"))
            .problem(400, "INVALID_WORKFLOW")
            .getJsonArray("errors")
            .getJsonObject(0);
    assertThat(error.getInteger("line")).isEqualTo(5);
    assertThat(error.getInteger("column")).isEqualTo(60);
    assertThat(error.getString("path")).isEqualTo("tasks[2].task_group_name");
    assertThat(error.getString("message"))
        .isEqualTo("there is no task group \"databse\"; did you mean \"database\"?");
    api.http.get(PATH).send().problem(404, "NOT_FOUND");
    assertThat(put(grouped.formatted("gpu")).problem(400, "INVALID_WORKFLOW").toString())
        .contains("make it first (PUT /api/v1/task-groups/…)");
    put(grouped.formatted("database")).ok(201);
  }

  @Test
  void a_sub_workflow_may_come_later_and_is_a_warning_until_then() {
    String parent =
        YAML
            + "- {name: c, task_type: SubWorkflow, workflow_name: child}\n"
            + "- {name: d, task_type: SubWorkflow, workflow_name: '${which}'}\n";
    String child = PATH.replace("/etl", "/child");

    JsonArray warnings = put(parent).ok(201).json().getJsonArray("warnings");
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getJsonObject(0).getInteger("line")).isEqualTo(5);
    assertThat(warnings.getJsonObject(0).getString("path")).isEqualTo("tasks[2].workflow_name");
    assertThat(warnings.getJsonObject(0).getString("message"))
        .isEqualTo(
            "there is no workflow \"tutorial/child\" yet; this task fails until it is saved");

    api.http.put(child).body("application/yaml", YAML.replace("etl", "child")).send().ok(201);
    assertThat(put(parent).ok(200).json().getJsonArray("warnings")).isEmpty();
    api.http.post(child + "/release").json("{'state': 'OFFLINE'}").send().ok(200);
    assertThat(
            api.http
                .post(PATH + "/validate")
                .body("application/yaml", parent)
                .send()
                .ok(200)
                .json()
                .getJsonArray("warnings")
                .toString())
        .contains("is OFFLINE; this task fails until it is released ONLINE");
  }
}
