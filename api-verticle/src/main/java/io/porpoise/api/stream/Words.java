package io.porpoise.api.stream;

import io.vertx.core.json.JsonObject;

/** What the server says on the stream, apart from events. */
final class Words {
  private Words() {}

  static JsonObject error(Integer id, String code, String detail) {
    JsonObject json = new JsonObject().put("type", "error");
    if (id != null) {
      json.put("id", id);
    }
    return json.put("code", code).put("detail", detail);
  }

  static JsonObject end(int id) {
    return new JsonObject().put("type", "end").put("id", id);
  }
}
