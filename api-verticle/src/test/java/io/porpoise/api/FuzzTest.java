package io.porpoise.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.http.Endpoint;
import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.HttpTester.Answer;
import io.porpoise.api.testing.HttpTester.Request;
import io.porpoise.api.testing.Instances;
import io.porpoise.api.testing.StreamClient;
import io.porpoise.instance.TaskState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Generated bad input never gets a 5xx, nor an answer that OpenAPI does not describe. {@code
 * -Dseed=62} replays a run, {@code -Dfuzz=100000} makes a longer one.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("seed", 62);
  private static final int REQUESTS = Integer.getInteger("fuzz", 2_000);
  private static final List<String> METHODS =
      List.of("GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
  private static final List<String> TEXTS =
      List.of(
          "1",
          "812",
          "9001",
          "0",
          "-1",
          "99999999999999999999",
          "tutorial",
          "etl",
          "",
          " ",
          "..",
          "a/b",
          "%",
          "%00",
          "\u0000",
          "\u007f",
          "ä",
          "日本",
          "\ud83d\ude00",
          "'",
          "\"",
          "' OR 1=1 --",
          "<script>",
          "${jndi:x}",
          "a\r\nX: y",
          "true",
          "null",
          "NaN",
          "1e400",
          "x".repeat(300),
          "x".repeat(3_000),
          "2026-11-20T02:00:00Z",
          "RUNNING",
          "STOP",
          "all",
          "ONLINE");
  private static final List<String> BODIES =
      List.of(
          "{}",
          "[]",
          "null",
          "1",
          "\"\"",
          "{",
          "}",
          "",
          "\u0000",
          "{\"a\":1}",
          "{\"name\":\"x\"}",
          "{\"name\":{}}",
          "{\"name\":null}",
          "{\"action\":\"STOP\"}",
          "{\"action\":\"RESUME\"}",
          "{\"action\":[]}",
          "{\"state\":\"ONLINE\"}",
          "{\"params\":{\"a\":1}}",
          "{\"params\":{\"a\":[1]}}",
          "{\"user\":\"x\",\"password\":1}",
          "{\"startNodes\":[\"a\"]}",
          "{\"startNodes\":[1]}",
          "{\"name\":\"\\ud800\"}",
          "{\"name\":\"\\u0000\"}",
          "{\"dryRun\":1e999}",
          "{\"params\":{\"a\":1e999999999}}",
          "[".repeat(2_000),
          "{\"a\":".repeat(500),
          "workflow: {name: etl}",
          "workflow: {name: etl}\ntasks: []",
          "workflow: {name: etl}\ntasks: [{name: a, task_type: Shell, command: x}]",
          "a: &a [x]\nb: [*a,*a]",
          "--- !!java.lang.Object {}",
          "\t",
          "a: b: c",
          "? x",
          "%YAML 9");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json",
          "application/yaml",
          "text/yaml",
          "text/plain",
          "application/json; charset=utf-16",
          "application/json;charset=UTF-8",
          "x",
          "a/b;c=\"");

  private final SplittableRandom random = new SplittableRandom(SEED);

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @Test
  void bad_input_gets_a_described_answer_that_is_no_5xx() {
    try (ApiUnderTest api = prepared()) {
      List<Endpoint> endpoints =
          api.endpoints().stream().filter(e -> !e.path().matches(".*/log(in|out)")).toList();
      TreeSet<Integer> seen = new TreeSet<>();
      for (int i = 0; i < REQUESTS; i++) {
        Endpoint endpoint = any(endpoints);
        String method = random.nextInt(10) < 8 ? endpoint.method().name() : any(METHODS);
        String path = path(endpoint);
        Request request = api.http.method(method, path);
        String body = "";
        if (!method.equals("GET") && !method.equals("HEAD")) {
          body = mutated(any(BODIES));
          request.body(any(TYPES), body.getBytes(StandardCharsets.UTF_8));
        } else if (random.nextInt(4) == 0) {
          request.header(
              "Range", "bytes=" + any(List.of("0-", "-5", "9-1", "a-b", "5-99999999999")));
        }
        Answer answer = request.send();
        String what = "seed " + SEED + ", request " + i + ": " + method + " " + path + " " + body;
        assertThat(answer.status()).as(what + "\n" + answer.text()).isLessThan(500);
        seen.add(answer.status());
      }
      assertThat(seen).contains(200, 202, 400, 404, 405, 415);
      api.http.get("/api/v1/me").send().ok(200);
    }
  }

  private static ApiUnderTest prepared() {
    ApiUnderTest api = new ApiUnderTest();
    api.save("etl", "{workflow: {name: etl}, tasks: [{name: a, task_type: Shell, command: x}]}");
    api.stores.put(Instances.running(812));
    api.stores.put(Instances.task(9001, 812, TaskState.RUNNING, "w1"));
    api.worker("w1").append(Instances.task(9001, 812, TaskState.RUNNING, "w1").id(), "hello");
    return api;
  }

  private String path(Endpoint endpoint) {
    StringBuilder path = new StringBuilder();
    for (String part : endpoint.path().substring(1).split("/")) {
      path.append('/').append(part.startsWith("{") ? encoded(piece(part)) : part);
    }
    String separator = "?";
    for (int i = random.nextInt(3); i > 0; i--) {
      List<String> names =
          endpoint.query() == null || endpoint.query().isEmpty()
              ? List.of("x", "limit")
              : List.copyOf(new TreeSet<>(endpoint.query()));
      path.append(separator).append(any(names)).append('=').append(encoded(any(TEXTS)));
      separator = "&";
    }
    return path.toString();
  }

  /** Mostly something that exists, so that the depths are reached as well. */
  private String piece(String part) {
    if (random.nextInt(10) < 4) {
      return any(TEXTS);
    }
    return switch (part) {
      case "{project}" -> "tutorial";
      case "{workflow}" -> "etl";
      default -> any(List.of("812", "9001"));
    };
  }

  private static String encoded(String text) {
    // An empty piece is another path, and dots are folded by clients.
    String some = text.isEmpty() || text.equals("..") ? "x" : text;
    return URLEncoder.encode(some, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String mutated(String body) {
    StringBuilder text = new StringBuilder(body);
    for (int i = random.nextInt(3); i > 0 && text.length() > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, any(TEXTS));
        default -> text.setCharAt(at, (char) random.nextInt(0x250));
      }
    }
    return text.toString();
  }

  @Test
  void bad_messages_on_the_stream_are_answered_and_hurt_nobody() {
    try (ApiUnderTest api = prepared();
        StreamClient client = new StreamClient(api.port())) {
      for (int i = 0; i < REQUESTS / 10; i++) {
        String topic = any(List.of("log/", "workflow-instance/", "x/", "")) + any(TEXTS);
        String text =
            "{\"type\":\"subscribe\",\"id\":" + any(TEXTS) + ",\"topic\":\"" + topic + "\"}";
        // Half a surrogate pair cannot be sent; it becomes a question mark.
        byte[] sendable = mutated(text).getBytes(StandardCharsets.UTF_8);
        client.sendAsItIs(new String(sendable, StandardCharsets.UTF_8));
      }
      try (StreamClient other = new StreamClient(api.port())) {
        other.send("{'type':'subscribe','id':1,'topic':'log/9001'}").nextBytes();
      }
    }
  }
}
