package io.porpoise.cli;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A tiny server that speaks the contract: fixed answers by method and path, and a stream that tells
 * the story of one instance. It notes what it was asked.
 */
final class FakeServer {
  /** A fixed answer. */
  record Answer(int status, String type, String body) {}

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer http;
  private final Map<String, List<Answer>> answers = new HashMap<>();
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  final List<String> idempotencyKeys = Collections.synchronizedList(new ArrayList<>());
  final List<JsonObject> subscriptions = Collections.synchronizedList(new ArrayList<>());

  /** What is done about a subscription. */
  private volatile BiConsumer<ServerWebSocket, JsonObject> onMessage = (socket, message) -> {};

  FakeServer() throws Exception {
    http =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .webSocketHandshakeHandler(ServerWebSocketHandshake::accept)
            .webSocketHandler(this::stream)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  String url() {
    return "http://127.0.0.1:" + http.actualPort();
  }

  /** Answers in the order given; the last one stays. */
  FakeServer on(String methodAndPath, int status, Object body) {
    answers
        .computeIfAbsent(methodAndPath, key -> new ArrayList<>())
        .add(new Answer(status, "application/json", body.toString()));
    return this;
  }

  FakeServer problem(String methodAndPath, int status, String code, String detail) {
    return on(methodAndPath, status, new JsonObject().put("code", code).put("detail", detail));
  }

  FakeServer onMessage(BiConsumer<ServerWebSocket, JsonObject> handler) {
    onMessage = handler;
    return this;
  }

  static Buffer logFrame(long id, long offset, String text) {
    return Buffer.buffer().appendInt((int) id).appendLong(offset).appendString(text);
  }

  static JsonObject task(String id, String name, String state) {
    return new JsonObject()
        .put("id", id)
        .put("name", name)
        .put("taskType", "SHELL")
        .put("state", state)
        .put("attempt", 1)
        .put("worker", "w1")
        .put("startTime", "2026-11-20T10:00:00Z")
        .put("endTime", "2026-11-20T10:00:01.250Z");
  }

  static JsonObject instance(String id, String state, JsonObject... tasks) {
    return new JsonObject()
        .put("id", id)
        .put("project", "tutorial")
        .put("workflow", "etl")
        .put("version", 3)
        .put("state", state)
        .put("startTime", "2026-11-20T10:00:00Z")
        .put("endTime", "2026-11-20T10:00:02.500Z")
        .put("tasks", new JsonArray(List.of(tasks)));
  }

  private void answer(HttpServerRequest request) {
    String key = request.method() + " " + request.uri();
    requests.add(key + " " + request.getHeader("Authorization"));
    if (request.headers().contains("Idempotency-Key")) {
      idempotencyKeys.add(request.getHeader("Idempotency-Key"));
    }
    request
        .body()
        .onSuccess(
            body -> {
              bodies.add(body.toString(StandardCharsets.UTF_8));
              answer(request, key);
            });
  }

  private void answer(HttpServerRequest request, String key) {
    List<Answer> known = answers.get(key);
    if (known == null) {
      request
          .response()
          .setStatusCode(404)
          .putHeader("Content-Type", "application/problem+json")
          .end(new JsonObject().put("code", "NOT_FOUND").put("detail", "no " + key).encode());
      return;
    }
    Answer answer = known.size() > 1 ? known.remove(0) : known.get(0);
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.type())
        .end(answer.body());
  }

  private void stream(ServerWebSocket socket) {
    requests.add("STREAM " + socket.headers().get("Authorization"));
    socket.textMessageHandler(
        text -> {
          JsonObject message = new JsonObject(text);
          subscriptions.add(message);
          onMessage.accept(socket, message);
        });
  }

  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
