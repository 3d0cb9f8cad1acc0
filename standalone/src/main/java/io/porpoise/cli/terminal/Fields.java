package io.porpoise.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** Reads the server's JSON forgivingly: the command line may be older than the server. */
public final class Fields {
  private Fields() {}

  /** Empty if it is absent or null. */
  public static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isNull() || value.isMissingNode() ? "" : value.asText();
  }

  public static Instant time(JsonNode object, String name) {
    return Times.parse(text(object, name));
  }

  /** The sentence of a reason, which has a code and a text. */
  public static String reason(JsonNode object) {
    JsonNode reason = object.path("reason");
    return reason.isObject() ? text(reason, "text") : text(object, "reason");
  }
}
