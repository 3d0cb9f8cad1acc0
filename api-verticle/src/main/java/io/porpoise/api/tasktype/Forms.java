package io.porpoise.api.tasktype;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** From the shorthand of {@code task-types.yaml} to JSON Schema. */
final class Forms {
  /** Words of the shorthand that become {@code x-} keywords as they are. */
  private static final Set<String> HINTS =
      Set.of("widget", "language", "group", "unit", "placeholder", "direction", "project-key");

  private Forms() {}

  /** The Chinese texts stand where translations stand. */
  static JsonObject translated(JsonObject texts) {
    JsonObject result = texts.copy();
    Object chinese = result.remove("zh");
    return chinese == null ? result : result.put("x-i18n", new JsonObject().put("zh", chinese));
  }

  static JsonObject property(JsonObject shorthand) {
    JsonObject texts = translated(shorthand);
    JsonObject property = new JsonObject();
    for (String word : texts.fieldNames()) {
      Object value = texts.getValue(word);
      switch (word) {
        case "choices" -> {}
        case "properties" -> property.put(word, properties((JsonObject) value));
        case "items" -> property.put(word, property((JsonObject) value));
        default -> property.put(HINTS.contains(word) ? "x-" + word : word, value);
      }
    }
    if (texts.containsKey("choices")) {
      choices(property, texts.getJsonObject("choices"));
    }
    return property;
  }

  private static JsonObject properties(JsonObject shorthand) {
    JsonObject properties = new JsonObject();
    shorthand.forEach(
        each -> properties.put(each.getKey(), property((JsonObject) each.getValue())));
    return properties;
  }

  /** VALUE: [English, Chinese]. */
  private static void choices(JsonObject property, JsonObject choices) {
    JsonArray values = new JsonArray();
    JsonObject english = new JsonObject();
    JsonObject chinese = new JsonObject();
    for (String value : choices.fieldNames()) {
      values.add(value);
      english.put(value, choices.getJsonArray(value).getString(0));
      chinese.put(value, choices.getJsonArray(value).getString(1));
    }
    property.put("enum", values).put("x-enum", english);
    property.getJsonObject("x-i18n").getJsonObject("zh").put("enum", chinese);
  }
}
