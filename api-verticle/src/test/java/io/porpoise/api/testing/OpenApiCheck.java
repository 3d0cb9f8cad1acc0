package io.porpoise.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.system.OpenApi;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds answers against the OpenAPI document: a status, a content type or a field that is not
 * described fails.
 */
final class OpenApiCheck {
  private final JsonObject document = OpenApi.load("test");
  private final Map<String, Validator> validators = new HashMap<>();

  void answer(String method, String pathAndQuery, HttpTester.Answer answer) {
    String path = pathAndQuery.replaceAll("[?#].*", "");
    String type = answer.header("Content-Type");
    Optional<String> template = template(path);
    if (type == null
        || !type.matches("application/(problem\\+)?json")
        || answer.bytes().length == 0) {
      return;
    }
    String where = method + " " + path + " " + answer.status();
    String pointer =
        template
            .filter(t -> document.getJsonObject("paths").getJsonObject(t).containsKey(key(method)))
            .map(t -> pointer(t, method, answer.status(), type, where))
            .orElse("#/components/schemas/Problem");
    OutputUnit found = validator(pointer).validate(Json.decodeValue(answer.text()));
    assertThat(found.getValid())
        .as(() -> where + " is not as described: " + found.getErrors() + "\n" + answer.text())
        .isTrue();
  }

  private static String key(String method) {
    return method.equals("HEAD") ? "get" : method.toLowerCase(java.util.Locale.ROOT);
  }

  private Optional<String> template(String path) {
    return document.getJsonObject("paths").fieldNames().stream()
        .filter(t -> path.matches(t.replaceAll("\\{[a-z]+}", "[^/]+")))
        .findFirst();
  }

  private String pointer(String template, String method, int status, String type, String where) {
    JsonObject responses =
        document
            .getJsonObject("paths")
            .getJsonObject(template)
            .getJsonObject(key(method))
            .getJsonObject("responses");
    String name = responses.containsKey(Integer.toString(status)) ? "" + status : "default";
    JsonObject response = responses.getJsonObject(name);
    assertThat(response).as(where + ": this status is not described").isNotNull();
    String pointer = "#/paths/" + escaped(template) + "/" + key(method) + "/responses/" + name;
    if (response.containsKey("$ref")) {
      pointer = response.getString("$ref");
      response =
          document
              .getJsonObject("components")
              .getJsonObject("responses")
              .getJsonObject(pointer.substring(pointer.lastIndexOf('/') + 1));
    }
    assertThat(response.getJsonObject("content").containsKey(type))
        .as(where + ": the content type " + type + " is not described")
        .isTrue();
    return pointer + "/content/" + escaped(type) + "/schema";
  }

  private static String escaped(String part) {
    return part.replace("~", "~0").replace("/", "~1");
  }

  private Validator validator(String pointer) {
    return validators.computeIfAbsent(
        pointer,
        p ->
            Validator.create(
                JsonSchema.of(document.copy().put("$ref", p)),
                new JsonSchemaOptions()
                    .setBaseUri("https://porpoise.test/")
                    .setDraft(Draft.DRAFT202012)));
  }
}
