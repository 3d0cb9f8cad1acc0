package io.porpoise.api.tasktype;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.HttpTester.Answer;
import io.porpoise.definition.document.CanonicalJson;
import io.porpoise.definition.document.DocumentReader;
import io.porpoise.definition.document.KnownKeys;
import io.porpoise.definition.document.ReadResult;
import io.porpoise.definition.document.TaskField;
import io.porpoise.definition.document.TaskType;
import io.porpoise.definition.document.TaskTypes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The forms say what the readers take: no key, choice, limit or default of one without the other.
 */
class TaskTypesTest {
  /** Other spellings of what the form has under its canonical name. */
  private static final Set<String> OTHER_SPELLINGS = Set.of("local_params", "task_group_id");

  /** Asks whoever applies a file, not the server. */
  private static final Set<String> NO_SETTINGS = Set.of("run");

  /** Long texts of these are wrong for other reasons. */
  private static final Set<String> OF_A_FORM =
      Set.of("schedule", "timezone", "start_time", "end_time");

  private static final Set<String> WIDGETS =
      Set.of(
          "text",
          "textarea",
          "script",
          "number",
          "switch",
          "select",
          "duration",
          "parameters",
          "strings",
          "tasks",
          "branches",
          "condition-groups",
          "workflow-picker",
          "project-picker",
          "worker-group-picker",
          "task-group-picker",
          "hidden");

  private final JsonObject forms = TaskTypeForms.load(TaskTypes.standard());

  private List<JsonObject> types() {
    return forms.getJsonArray("types").stream().map(JsonObject.class::cast).toList();
  }

  private static Set<String> properties(JsonObject schema) {
    return new TreeSet<>(schema.getJsonObject("properties").fieldNames());
  }

  @Test
  void every_field_that_a_reader_of_a_type_knows_is_in_its_form_and_no_other() {
    assertThat(types().stream().map(t -> t.getString("spelling")))
        .containsExactlyElementsOf(TaskTypes.standard().supported());
    for (JsonObject form : types()) {
      TaskType type = TaskTypes.standard().find(form.getString("name"));
      JsonObject schema = form.getJsonObject("schema");
      assertThat(properties(schema))
          .as(type.name())
          .isEqualTo(
              type.fields().stream()
                  .map(TaskField::key)
                  .collect(Collectors.toCollection(TreeSet::new)));
      assertThat(schema.getJsonArray("required").stream().collect(Collectors.toSet()))
          .isEqualTo(
              type.fields().stream()
                  .filter(TaskField::isRequired)
                  .map(TaskField::key)
                  .collect(Collectors.toSet()));
      assertThat(form.getJsonArray("aliases")).isEqualTo(new JsonArray(type.aliases()));
      assertThat(form.getString("runsOn")).isEqualTo(type.runsOnMaster() ? "master" : "worker");
    }
  }

  @Test
  void every_attribute_of_tasks_is_in_their_form_and_no_other() {
    Set<String> known = new TreeSet<>(KnownKeys.ofTasks());
    assertThat(known).containsAll(OTHER_SPELLINGS);
    known.removeAll(OTHER_SPELLINGS);

    assertThat(properties(forms.getJsonObject("task"))).isEqualTo(known);
  }

  @Test
  void every_setting_of_workflows_with_an_effect_is_in_their_form_and_no_other() {
    Set<String> known = new TreeSet<>(KnownKeys.ofWorkflows());
    known.removeAll(KnownKeys.withoutEffect());
    known.removeAll(NO_SETTINGS);

    assertThat(properties(forms.getJsonObject("workflow"))).isEqualTo(known);
  }

  @Test
  void choices_defaults_and_limits_are_those_of_the_readers() {
    forms
        .getJsonObject("task")
        .getJsonObject("properties")
        .forEach(each -> check(each.getKey(), (JsonObject) each.getValue(), false));
    forms
        .getJsonObject("workflow")
        .getJsonObject("properties")
        .forEach(each -> check(each.getKey(), (JsonObject) each.getValue(), true));
    JsonObject script = types().get(0).getJsonObject("schema").getJsonObject("properties");
    check("command", script.getJsonObject("command"), false);
  }

  private static void check(String key, JsonObject property, boolean isOfWorkflow) {
    if (property.containsKey("default")) {
      ReadResult with = read(key, property.getValue("default"), isOfWorkflow);
      ReadResult without = read(null, null, isOfWorkflow);
      assertThat(with.errors()).as(key).isEmpty();
      assertThat(CanonicalJson.write(with.document()))
          .as(key + ": the default")
          .isEqualTo(CanonicalJson.write(without.document()));
    }
    if (property.containsKey("enum")) {
      property
          .getJsonArray("enum")
          .forEach(value -> assertThat(accepts(key, value, isOfWorkflow)).as(key + value).isTrue());
      assertThat(accepts(key, "bogus", isOfWorkflow)).as(key).isFalse();
    }
    if (property.getString("type").equals("integer")) {
      long min = property.getLong("minimum");
      long max = property.getLong("maximum");
      assertThat(accepts(key, min, isOfWorkflow)).as(key + " at least").isTrue();
      assertThat(accepts(key, min - 1, isOfWorkflow)).as(key + " less").isFalse();
      assertThat(accepts(key, max, isOfWorkflow)).as(key + " at most").isTrue();
      assertThat(accepts(key, max + 1, isOfWorkflow)).as(key + " more").isFalse();
    }
    if (property.containsKey("maxLength")) {
      int max = property.getInteger("maxLength");
      assertThat(accepts(key, "x".repeat(max + 1), isOfWorkflow)).as(key + " longer").isFalse();
      if (!OF_A_FORM.contains(key)) {
        assertThat(accepts(key, "x".repeat(max), isOfWorkflow)).as(key + " long").isTrue();
      }
    }
    if (property.containsKey("minLength")) {
      assertThat(accepts(key, "", isOfWorkflow)).as(key + " empty").isFalse();
    }
    if ("duration".equals(property.getString("x-widget"))) {
      assertThat(accepts(key, "90s", isOfWorkflow)).as(key).isTrue();
      assertThat(accepts(key, "soon", isOfWorkflow)).as(key).isFalse();
    }
    if (property.getString("type").equals("boolean")) {
      assertThat(accepts(key, true, isOfWorkflow)).as(key).isTrue();
      assertThat(accepts(key, "perhaps", isOfWorkflow)).as(key).isFalse();
    }
  }

  private static boolean accepts(String key, Object value, boolean isOfWorkflow) {
    return read(key, value, isOfWorkflow).isValid();
  }

  private static ReadResult read(String key, Object value, boolean isOfWorkflow) {
    JsonObject workflow = new JsonObject().put("name", "w");
    JsonObject task =
        new JsonObject().put("name", "a").put("task_type", "Shell").put("command", "x");
    if (key != null) {
      (isOfWorkflow ? workflow : task).put(key, value);
    }
    JsonObject document =
        new JsonObject().put("workflow", workflow).put("tasks", new JsonArray().add(task));
    return DocumentReader.read(document.encode(), TaskTypes.standard(), "p");
  }

  @Test
  void a_document_as_it_is_given_back_has_only_keys_of_the_forms() {
    String full =
        """
        workflow: {name: w, description: d, param: {a: 1}, execution_type: SERIAL_WAIT, priority: LOW, timeout: 2h,
          worker_group: g, failure_strategy: END, every: 90s, timezone: UTC, misfire: skip}
        tasks:
          - {name: a, task_type: Shell, raw_script: x, description: d, flag: false, task_priority: LOW, worker_group: g,
             environment_name: e, tenant: t, fail_retry_times: 1, fail_retry_interval: 5s, timeout: 1, delay_time: 1,
             timeout_notify_strategy: FAILED, task_group_id: 7, task_group_priority: 2, resource_list: [r], is_cache: true,
             cpu_quota: 1, memory_max: 1, on_worker_loss: at_once, execute_type: STREAM, input_params: {a: 1},
             local_params: [{prop: o, direct: OUT, type: INTEGER, value: ''}]}
        """;
    ReadResult read = DocumentReader.read(full, TaskTypes.standard(), "p");
    assertThat(read.errors()).isEmpty();
    JsonObject canonical = new JsonObject(CanonicalJson.write(read.document()));
    Set<String> ofTask = properties(forms.getJsonObject("task"));
    ofTask.add("command");

    assertThat(ofTask).containsAll(canonical.getJsonArray("tasks").getJsonObject(0).fieldNames());
    assertThat(properties(forms.getJsonObject("workflow")))
        .containsAll(canonical.getJsonObject("workflow").fieldNames());
  }

  @Test
  void everything_that_people_read_is_there_in_both_languages() {
    List<String> missing = new ArrayList<>();
    walk("", forms, missing);

    assertThat(missing).isEmpty();
  }

  private static void walk(String path, Object value, List<String> missing) {
    if (value instanceof JsonArray array) {
      array.forEach(item -> walk(path + "[]", item, missing));
    } else if (value instanceof JsonObject object) {
      JsonObject chinese = object.getJsonObject("x-i18n", new JsonObject()).getJsonObject("zh");
      for (String text : List.of("title", "description")) {
        // In a map of properties these are names of properties.
        if (object.getValue(text) instanceof String
            && (chinese == null || !(chinese.getValue(text) instanceof String))) {
          missing.add(path + "." + text);
        }
      }
      if (object.containsKey("enum") && object.containsKey("x-enum")) {
        Set<Object> values = object.getJsonArray("enum").stream().collect(Collectors.toSet());
        assertThat(object.getJsonObject("x-enum").fieldNames()).isEqualTo(values);
        assertThat(chinese.getJsonObject("enum").fieldNames()).isEqualTo(values);
      }
      for (Map.Entry<String, Object> each : object) {
        if (!each.getKey().equals("x-i18n")) {
          walk(path + "." + each.getKey(), each.getValue(), missing);
        }
      }
    }
  }

  @Test
  void widgets_and_groups_are_those_that_are_documented() {
    Set<String> groups = new TreeSet<>();
    forms
        .getJsonObject("task")
        .getJsonArray("x-groups")
        .forEach(group -> groups.add(((JsonObject) group).getString("name")));
    List<JsonObject> schemas = new ArrayList<>();
    types().forEach(type -> schemas.add(type.getJsonObject("schema")));
    schemas.add(forms.getJsonObject("task"));
    schemas.add(forms.getJsonObject("workflow"));
    for (JsonObject schema : schemas) {
      for (Map.Entry<String, Object> each : schema.getJsonObject("properties")) {
        JsonObject property = (JsonObject) each.getValue();
        assertThat(WIDGETS).as(each.getKey()).contains(property.getString("x-widget"));
        if (property.containsKey("x-group")) {
          assertThat(groups).contains(property.getString("x-group"));
        }
      }
    }
    assertThat(forms.getJsonArray("categories").encode())
        .contains(types().stream().map(t -> '"' + t.getString("category") + '"').toList());
  }

  @Test
  void the_forms_are_served() {
    try (ApiUnderTest api = new ApiUnderTest()) {
      Answer answer = api.http.get("/api/v1/task-types").send().ok(200);

      assertThat(answer.json()).isEqualTo(new JsonObject(forms.encode()));
      assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=60");
    }
  }
}
