package io.porpoise.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.Instances;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do with saved workflows: look through them, go back, place their tasks. */
class VersionsTest {
  private static final String LIST = "/api/v1/projects/tutorial/workflows";
  private static final String PATH = LIST + "/etl";

  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void save(int number) {
    api.save("etl", yaml("echo " + number));
  }

  private static String yaml(String command) {
    return "{workflow: {name: etl}, tasks: [{name: a, task_type: Shell, command: '"
        + command
        + "'}]}";
  }

  private JsonObject get(String path) {
    return api.http.get(path).send().ok(200).json();
  }

  @Test
  void versions_come_newest_first_in_pages() {
    save(1);
    save(2);
    save(3);

    JsonObject first = get(PATH + "/versions?limit=2");
    JsonObject second = get(PATH + "/versions?limit=2&cursor=" + first.getString("next"));

    JsonArray items = first.getJsonArray("items");
    assertThat(items.getJsonObject(0).getInteger("version")).isEqualTo(3);
    assertThat(items.getJsonObject(0).getBoolean("isCurrent")).isTrue();
    assertThat(items.getJsonObject(1).getBoolean("isCurrent")).isFalse();
    assertThat(items.getJsonObject(1).getString("createdBy")).isEqualTo("ada");
    assertThat(second.getJsonArray("items").getJsonObject(0).getInteger("version")).isEqualTo(1);
    assertThat(second.getString("next")).isNull();
    api.http.get(LIST + "/none/versions").send().problem(404, "NOT_FOUND");
  }

  @Test
  void going_back_saves_the_old_content_as_a_new_version_and_keeps_the_release_state() {
    save(1);
    save(2);
    api.http.post(PATH + "/release").json("{'state':'OFFLINE'}").send().ok(200);

    JsonObject back = api.http.post(PATH + "/versions/1/restore").send().ok(200).json();

    assertThat(back.getInteger("version")).isEqualTo(3);
    assertThat(back.getInteger("restoredFrom")).isEqualTo(1);
    assertThat(back.getString("change")).isEqualTo("NEW_VERSION");
    assertThat(back.getString("releaseState")).isEqualTo("OFFLINE");
    assertThat(get(PATH).getJsonArray("tasks").getJsonObject(0).getString("command"))
        .isEqualTo("echo 1");
    assertThat(
            api.http
                .post(PATH + "/versions/3/restore")
                .json("{}")
                .send()
                .ok(200)
                .json()
                .getString("change"))
        .isEqualTo("UNCHANGED");
  }

  @Test
  void a_version_that_is_not_there_or_not_valid_any_more_is_refused() {
    api.http.put("/api/v1/task-groups/db").json("{'size': 2}").send().ok(201);
    api.save(
        "etl",
        "{workflow: {name: etl},"
            + " tasks: [{name: a, task_type: Shell, command: x, task_group_name: db}]}");
    save(2);
    api.http.method("DELETE", "/api/v1/task-groups/db").send().ok(204);

    JsonObject problem =
        api.http.post(PATH + "/versions/1/restore").send().problem(400, "INVALID_WORKFLOW");
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("path"))
        .isEqualTo("tasks[0].task_group_name");
    assertThat(
            api.http
                .post(PATH + "/versions/9/restore")
                .send()
                .problem(404, "NOT_FOUND")
                .getString("detail"))
        .contains("no version 9", "newest is 2");
    api.http.post(PATH + "/versions/x/restore").send().problem(400, "BAD_ID");
    api.http.post(PATH + "/versions/99999999999/restore").send().problem(400, "BAD_ID");
    api.http
        .post(PATH + "/versions/1/restore")
        .json("{'a':1}")
        .send()
        .problem(400, "UNKNOWN_FIELD");
  }

  @Test
  void the_list_is_searched_by_name_and_tells_of_the_last_instance() {
    save(1);
    api.save("Weekly", yaml("x").replace("etl", "Weekly"));
    api.stores.put(Instances.running(812));

    JsonArray all = get(LIST).getJsonArray("items");
    JsonArray found = get(LIST + "?search=EEK").getJsonArray("items");

    assertThat(all).hasSize(2);
    assertThat(found).hasSize(1);
    assertThat(found.getJsonObject(0).getString("name")).isEqualTo("Weekly");
    assertThat(found.getJsonObject(0).getValue("lastInstance")).isNull();
    JsonObject last = all.getJsonObject(1).getJsonObject("lastInstance");
    assertThat(last.getString("id")).isEqualTo("812");
    assertThat(last.getString("state")).isEqualTo("RUNNING");
    api.http.get(LIST + "?search=" + "x".repeat(201)).send().problem(400, "BAD_QUERY");
  }

  @Test
  void positions_are_kept_beside_the_versions() {
    save(1);
    assertThat(get(PATH + "/layout").getJsonObject("tasks")).isEmpty();

    api.http
        .put(PATH + "/layout")
        .json("{'tasks':{'a':{'x':10,'y':-20},'gone':{'x':0,'y':0}}}")
        .send()
        .ok(200);

    JsonObject layout = get(PATH + "/layout");
    assertThat(layout.getJsonObject("tasks").getJsonObject("a"))
        .isEqualTo(new JsonObject().put("x", 10).put("y", -20));
    assertThat(layout.getString("updatedBy")).isEqualTo("ada");
    assertThat(get(PATH).getInteger("version")).isEqualTo(1);
    api.http.put(PATH + "/layout").json("{'tasks':{}}").send().ok(200);
    assertThat(get(PATH + "/layout").getJsonObject("tasks")).isEmpty();
    api.http.put(LIST + "/none/layout").json("{'tasks':{}}").send().problem(404, "NOT_FOUND");
  }

  @Test
  void a_bad_layout_is_refused_in_its_place() {
    save(1);
    for (String bad :
        new String[] {
          "{}",
          "{'tasks':[]}",
          "{'tasks':{'a':1}}",
          "{'tasks':{'a':{'x':1.5,'y':0}}}",
          "{'tasks':{'a':{'x':1}}}",
          "{'tasks':{'a':{'x':1000001,'y':0}}}",
          "{'tasks':{'':{'x':1,'y':0}}}"
        }) {
      api.http.put(PATH + "/layout").json(bad).send().problem(400, "BAD_FIELD");
    }
    JsonObject problem =
        api.http
            .put(PATH + "/layout")
            .json("{'tasks':{'a':{'x':1,'z':0}}}")
            .send()
            .problem(400, "UNKNOWN_FIELD");
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("path"))
        .isEqualTo("tasks.a.z");
  }
}
