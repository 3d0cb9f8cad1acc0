package io.porpoise.spine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A user of the HTTP interface who is logged in as the administrator. */
public final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "STOPPED", "PAUSED");

  /** An answer with its body read as JSON, or null when it is none. */
  public record Answer(int status, JsonNode json, HttpResponse<byte[]> raw) {
    String text() {
      return new String(raw.body(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final String token;

  public Http(URI server, String user, String password) {
    this.server = server;
    ObjectNode login = JSON.createObjectNode().put("user", user).put("password", password);
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/login"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(login.toString()))
            .build();
    token = send(request).json().get("token").asText();
  }

  public URI server() {
    return server;
  }

  public String token() {
    return token;
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  public Answer get(String path, String header, String value) {
    return send(request(path).header(header, value).GET().build());
  }

  public Answer post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  public Answer putYaml(String path, String yaml) {
    return send(
        request(path)
            .header("Content-Type", "application/yaml")
            .PUT(HttpRequest.BodyPublishers.ofString(yaml))
            .build());
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve("/api/v1/" + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  public Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      boolean isJson = response.headers().firstValue("content-type").orElse("").contains("json");
      return new Answer(
          response.statusCode(), isJson ? JSON.readTree(response.body()) : null, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Makes the project unless it is there. */
  public void project(String name) {
    int status = post("projects", "{\"name\":\"" + name + "\",\"description\":\"\"}").status();
    if (status != 201 && status != 409) {
      throw new IllegalStateException("project: " + status);
    }
  }

  public void save(String project, String workflow, String yaml) {
    Answer saved = putYaml("projects/" + project + "/workflows/" + workflow, yaml);
    if (saved.status() != 200 && saved.status() != 201) {
      throw new IllegalStateException("save: " + saved.status() + " " + saved.text());
    }
  }

  /** Starts a workflow and gives the new instance's id. */
  public String start(String project, String workflow, String body) {
    Answer started = post("projects/" + project + "/workflows/" + workflow + "/instances", body);
    if (started.status() != 202) {
      throw new IllegalStateException("start: " + started.status() + " " + started.text());
    }
    return started.json().get("id").asText();
  }

  public JsonNode instance(String id) {
    return get("workflow-instances/" + id).json();
  }

  /** The instance once it has ended, however. */
  public JsonNode awaitEnd(String id) {
    return await(id, instance -> ENDS.contains(instance.get("state").asText()));
  }

  /** The instance once it is as wanted; fails after a minute. */
  public JsonNode await(String id, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (true) {
      JsonNode instance = instance(id);
      if (wanted.test(instance)) {
        return instance;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not as wanted after a minute: " + instance.toPrettyString());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  public byte[] log(String taskInstance) {
    return get("task-instances/" + taskInstance + "/log").raw().body();
  }

  /** The valid task instance with this name. */
  public static JsonNode task(JsonNode instance, String name) {
    for (JsonNode task : instance.get("tasks")) {
      if (task.get("name").asText().equals(name)) {
        return task;
      }
    }
    throw new AssertionError("no task " + name + " in " + instance.toPrettyString());
  }
}
