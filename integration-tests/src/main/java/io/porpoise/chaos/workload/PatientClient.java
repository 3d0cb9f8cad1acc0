package io.porpoise.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.porpoise.processes.Deployment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A user of the HTTP interface, logged in as the administrator, who tries again at one API node
 * after the other for as long as he gets no answer, or a 503. So everything that changes something
 * needs a key.
 */
public final class PatientClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAVAILABLE = 503;
  private static final long PAUSE_MILLIS = 250;

  /**
   * An answer that is one: not 503.
   *
   * @param tries more than one: an earlier one may have been heard, and its answer lost
   */
  public record Answer(int status, JsonNode json, int tries) {
    /** Its body, which was given with the expected status. */
    public JsonNode expect(int... expected) {
      for (int one : expected) {
        if (status == one) {
          return json;
        }
      }
      throw new IllegalStateException(status + " " + json);
    }
  }

  private final HttpClient http;
  private final Deployment deployment;
  private final Duration patience;
  private final AtomicInteger turn = new AtomicInteger();
  private final LongAdder retries = new LongAdder();
  private volatile String token;

  /**
   * @param patience after that a request without an answer is an error
   */
  public PatientClient(Deployment deployment, Duration patience) {
    this.deployment = deployment;
    this.patience = patience;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
  }

  /** How often a request had to be repeated. */
  public long retries() {
    return retries.sum();
  }

  public Answer get(String path) throws InterruptedException {
    return send("GET", path, "", Map.of());
  }

  Answer post(String path, String json, String key) throws InterruptedException {
    return send(
        "POST", path, json, Map.of("Content-Type", "application/json", "Idempotency-Key", key));
  }

  Answer putYaml(String path, String yaml) throws InterruptedException {
    return send("PUT", path, yaml, Map.of("Content-Type", "application/yaml"));
  }

  private Answer send(String method, String path, String body, Map<String, String> headers)
      throws InterruptedException {
    if (token == null) {
      String login =
          JSON.createObjectNode()
              .put("user", "admin")
              .put("password", deployment.adminPassword())
              .toString();
      Map<String, String> json = Map.of("Content-Type", "application/json");
      token = untilAnswered("POST", "login", login, json).expect(200).get("token").asText();
    }
    return untilAnswered(method, path, body, headers);
  }

  private Answer untilAnswered(String method, String path, String body, Map<String, String> headers)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (int tries = 1; ; tries++) {
      String trouble;
      try {
        HttpResponse<String> response =
            http.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != UNAVAILABLE) {
          return new Answer(response.statusCode(), json(response), tries);
        }
        trouble = response.body();
      } catch (IOException e) {
        trouble = e.toString();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "no answer to %s %s within %s: %s".formatted(method, path, patience, trouble));
      }
      retries.increment();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private HttpRequest request(String method, String path, String body, Map<String, String> headers)
      throws IOException {
    List<URI> servers = deployment.apis();
    if (servers.isEmpty()) {
      throw new IOException("no API node has told its address yet");
    }
    URI server = servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/v1/" + path))
            .timeout(Duration.ofSeconds(15))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return response.headers().firstValue("content-type").orElse("").contains("json")
        ? JSON.readTree(response.body())
        : NullNode.getInstance();
  }
}
