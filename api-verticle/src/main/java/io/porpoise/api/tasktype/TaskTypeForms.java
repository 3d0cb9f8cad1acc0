package io.porpoise.api.tasktype;

import io.porpoise.definition.document.TaskField;
import io.porpoise.definition.document.TaskType;
import io.porpoise.definition.document.TaskTypes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The forms of all supported task types. What the readers know (names, spellings, required fields)
 * is taken from them; what only people need (texts, order, widgets) is {@code task-types.yaml}.
 */
final class TaskTypeForms {
  private static final String SCHEMA = "https://json-schema.org/draft/2020-12/schema";

  private TaskTypeForms() {}

  /** The whole answer; blocks for some milliseconds. */
  static JsonObject load(TaskTypes types) {
    JsonObject texts = read();
    JsonArray items = new JsonArray();
    for (TaskType type : types.supportedTypes()) {
      JsonObject described = texts.getJsonObject("types").getJsonObject(type.name());
      if (described == null) {
        throw new IllegalStateException("task-types.yaml does not describe " + type.name());
      }
      items.add(item(type, described));
    }
    JsonArray groups = new JsonArray();
    texts.getJsonArray("groups").forEach(g -> groups.add(Forms.translated((JsonObject) g)));
    JsonArray categories = new JsonArray();
    texts.getJsonArray("categories").forEach(c -> categories.add(Forms.translated((JsonObject) c)));
    return new JsonObject()
        .put("categories", categories)
        .put("types", items)
        .put(
            "task",
            schema(texts.getJsonObject("task"), List.of("name", "task_type"))
                .put("x-groups", groups))
        .put(
            "workflow",
            schema(texts.getJsonObject("workflow"), List.of("name")).put("x-groups", groups));
  }

  private static JsonObject read() {
    try (InputStream file = TaskTypeForms.class.getResourceAsStream("task-types.yaml")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      @SuppressWarnings("unchecked")
      Map<String, Object> document =
          (Map<String, Object>)
              new Load(LoadSettings.builder().setLabel("task-types.yaml").build())
                  .loadFromString(text);
      return new JsonObject(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject item(TaskType type, JsonObject described) {
    List<String> required =
        type.fields().stream().filter(TaskField::isRequired).map(TaskField::key).toList();
    JsonObject item =
        new JsonObject()
            .put("name", type.name())
            .put("spelling", type.spelling())
            .put("aliases", new JsonArray(type.aliases()))
            .put("runsOn", type.runsOnMaster() ? "master" : "worker");
    JsonObject texts = Forms.translated(described);
    JsonObject fields = (JsonObject) texts.remove("fields");
    return item.mergeIn(texts).put("schema", schema(fields, required));
  }

  private static JsonObject schema(JsonObject fields, List<String> required) {
    JsonObject properties = new JsonObject();
    fields.forEach(
        field -> properties.put(field.getKey(), Forms.property((JsonObject) field.getValue())));
    return new JsonObject()
        .put("$schema", SCHEMA)
        .put("type", "object")
        .put("required", new JsonArray(required))
        .put("properties", properties);
  }
}
