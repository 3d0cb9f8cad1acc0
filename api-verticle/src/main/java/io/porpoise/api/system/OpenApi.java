package io.porpoise.api.system;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The OpenAPI document. It is written by hand, as YAML beside this class; tests hold it against the
 * routes that are served and against the answers that they give.
 */
public final class OpenApi {
  private OpenApi() {}

  /** Reads the document; blocks for some milliseconds. */
  public static JsonObject load(String version) {
    try (InputStream file = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      @SuppressWarnings("unchecked")
      Map<String, Object> document =
          (Map<String, Object>)
              new Load(LoadSettings.builder().setLabel("openapi.yaml").build())
                  .loadFromString(text);
      JsonObject json = new JsonObject(document);
      json.getJsonObject("info").put("version", version);
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
