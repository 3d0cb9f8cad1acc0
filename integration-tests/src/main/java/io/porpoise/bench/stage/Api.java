package io.porpoise.bench.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The HTTP interface, as far as the measurements need it. */
public final class Api {
  public static final String PROJECT = "bench";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "STOPPED", "PAUSED");
  private static final int CREATED_ALREADY = 409;
  private static final int BUSY = 503;
  private static final int AT_ONCE = 32;
  private static final int TOLD_MAX = 400;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String token;

  public Api(URI server, String user, String password) throws IOException, InterruptedException {
    base = server.resolve("/api/v1/");
    String body = JSON.createObjectNode().put("user", user).put("password", password).toString();
    HttpRequest login = posting(HttpRequest.newBuilder(base.resolve("login")), body);
    token = JSON.readTree(body(login, answered(login))).get("token").asText();
    createProject(PROJECT);
  }

  /** Unless it is there. */
  public void createProject(String name) throws IOException, InterruptedException {
    String body = JSON.createObjectNode().put("name", name).put("description", "").toString();
    HttpRequest request = posting(request("projects"), body);
    HttpResponse<String> created = answered(request);
    if (created.statusCode() != CREATED_ALREADY) {
      body(request, created);
    }
  }

  public String token() {
    return token;
  }

  public URI server() {
    return base.resolve("/");
  }

  public void save(String workflow, String yaml) throws IOException, InterruptedException {
    save(PROJECT, workflow, yaml);
  }

  public void save(String project, String workflow, String yaml)
      throws IOException, InterruptedException {
    send(
        request("projects/" + project + "/workflows/" + workflow)
            .header("Content-Type", "application/yaml")
            .PUT(HttpRequest.BodyPublishers.ofString(yaml))
            .build());
  }

  /** The new instance's id. */
  public String start(String workflow) throws IOException, InterruptedException {
    return start(workflow, "{}");
  }

  public String start(String workflow, String options) throws IOException, InterruptedException {
    return JSON.readTree(send(starting(PROJECT, workflow, options))).get("id").asText();
  }

  public String startIn(String project, String workflow) throws IOException, InterruptedException {
    return JSON.readTree(send(starting(project, workflow, "{}"))).get("id").asText();
  }

  /** Sends a start and does not wait for the answer. */
  public CompletableFuture<Long> startLater(String workflow) {
    HttpRequest request = starting(PROJECT, workflow, "{}");
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(
            response -> {
              try {
                return JSON.readTree(body(request, response)).get("id").asLong();
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            });
  }

  /** Starts so many, some dozens at a time, and returns when all are durable. */
  public Starts startAll(String workflow, int count) throws IOException, InterruptedException {
    Semaphore atOnce = new Semaphore(AT_ONCE);
    double[] millis = new double[count];
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    long sent = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    for (int i = 0; i < count; i++) {
      int number = i;
      atOnce.acquire();
      long began = System.nanoTime();
      answers.add(
          startLater(workflow)
              .whenComplete(
                  (id, error) -> {
                    millis[number] = (System.nanoTime() - began) / 1e6;
                    atOnce.release();
                  }));
    }
    List<Long> ids = new ArrayList<>();
    for (CompletableFuture<Long> answer : answers) {
      ids.add(get(answer));
    }
    ids.sort(null);
    return new Starts(workflow, ids, sent, new Samples(millis));
  }

  static <T> T get(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw new IOException("a request failed: " + e.getCause(), e.getCause());
    }
  }

  /** Waits for any end of a large instance, which is looked at rarely. */
  public JsonNode ended(String instance, Duration atMost) throws IOException, InterruptedException {
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
  public JsonNode await(String instance, Duration atMost) throws IOException, InterruptedException {
    JsonNode found = ended(instance, atMost);
    if (!found.get("state").asText().equals("SUCCEEDED")) {
      throw new IOException(
          "instance " + instance + " is " + found.get("state") + ": " + found.get("reason"));
    }
    return found;
  }

  public String log(String taskInstance) throws IOException, InterruptedException {
    return text("task-instances/" + taskInstance + "/log");
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path));
  }

  public String text(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  public String metrics() throws IOException, InterruptedException {
    return text("/metrics");
  }

  /** Reads an answer of any length and keeps none of it; gives its bytes. */
  public long read(String path) throws IOException, InterruptedException {
    long[] bytes = new long[1];
    HttpResponse<Void> response =
        http.send(
            request(path).GET().timeout(Duration.ofMinutes(10)).build(),
            HttpResponse.BodyHandlers.ofByteArrayConsumer(
                part -> bytes[0] += part.map(b -> b.length).orElse(0)));
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.statusCode());
    }
    return bytes[0];
  }

  private HttpRequest starting(String project, String workflow, String options) {
    return posting(
        request("projects/" + project + "/workflows/" + workflow + "/instances"), options);
  }

  private static HttpRequest posting(HttpRequest.Builder request, String body) {
    return request
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    return body(request, http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  /** Before anything is measured, a server that has just started may be busy. */
  private HttpResponse<String> answered(HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    for (int i = 0; i < 20 && response.statusCode() == BUSY; i++) {
      TimeUnit.SECONDS.sleep(1);
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    }
    return response;
  }

  private static String body(HttpRequest request, HttpResponse<String> response)
      throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s %s: %d %s"
              .formatted(
                  request.method(), request.uri(), response.statusCode(), brief(response.body())));
    }
    return response.body();
  }

  private static String brief(String text) {
    return text.length() <= TOLD_MAX ? text : text.substring(0, TOLD_MAX) + "...";
  }
}
