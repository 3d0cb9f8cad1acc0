package io.porpoise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The HTTP interface, as far as the measurements need it. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "STOPPED", "PAUSED");
  static final String PROJECT = "bench";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String token;

  Api(URI server, String user, String password) throws IOException, InterruptedException {
    base = server.resolve("/api/v1/");
    String body = JSON.createObjectNode().put("user", user).put("password", password).toString();
    HttpRequest login =
        HttpRequest.newBuilder(base.resolve("login"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    token = JSON.readTree(send(login)).get("token").asText();
    post(
        "projects", JSON.createObjectNode().put("name", PROJECT).put("description", "").toString());
  }

  String token() {
    return token;
  }

  URI server() {
    return base.resolve("/");
  }

  void save(String workflow, String yaml) throws IOException, InterruptedException {
    send(
        request("projects/" + PROJECT + "/workflows/" + workflow)
            .header("Content-Type", "application/yaml")
            .PUT(HttpRequest.BodyPublishers.ofString(yaml))
            .build());
  }

  /** The new instance's id. */
  String start(String workflow) throws IOException, InterruptedException {
    return start(workflow, "{}");
  }

  String start(String workflow, String options) throws IOException, InterruptedException {
    String path = "projects/" + PROJECT + "/workflows/" + workflow + "/instances";
    return JSON.readTree(post(path, options)).get("id").asText();
  }

  /** Waits for any end of a large instance, which is looked at rarely. */
  JsonNode ended(String instance, Duration atMost) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    JsonNode found = get("workflow-instances/" + instance);
    for (long millis = 50; !ENDS.contains(found.get("state").asText()); ) {
      if (System.nanoTime() > deadline) {
        throw new IOException("instance " + instance + " has not ended: " + found.get("reason"));
      }
      TimeUnit.MILLISECONDS.sleep(millis);
      millis = Math.min(5_000, millis * 3 / 2);
      found = get("workflow-instances/" + instance);
    }
    return found;
  }

  /** Waits for the end, which must be SUCCEEDED. */
  JsonNode await(String instance, Duration atMost) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      JsonNode found = get("workflow-instances/" + instance);
      String state = found.get("state").asText();
      if (state.equals("SUCCEEDED")) {
        return found;
      }
      if (ENDS.contains(state) || System.nanoTime() > deadline) {
        throw new IOException("instance " + instance + " is " + state + ": " + found.get("reason"));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  String log(String taskInstance) throws IOException, InterruptedException {
    return send(request("task-instances/" + taskInstance + "/log").GET().build());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path));
  }

  String text(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          request.method()
              + " "
              + request.uri()
              + ": "
              + response.statusCode()
              + " "
              + response.body());
    }
    return response.body();
  }
}
