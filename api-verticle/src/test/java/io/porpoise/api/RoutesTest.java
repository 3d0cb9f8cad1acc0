package io.porpoise.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.http.Endpoint;
import io.porpoise.api.system.OpenApi;
import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.HttpTester.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoutesTest {
  /** Whatever is added here is open to the whole world. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /",
          "GET /openapi.json",
          "GET /health/live",
          "GET /health/ready",
          "GET /metrics",
          "POST /api/v1/login",
          "GET /api/v1/stream");

  private static ApiUnderTest api;

  @BeforeAll
  static void start() {
    api = new ApiUnderTest();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void only_the_named_routes_are_open() {
    for (Endpoint endpoint : api.endpoints()) {
      String name = endpoint.method() + " " + endpoint.path();
      assertThat(endpoint.isOpen()).as(name).isEqualTo(OPEN.contains(name));
    }
  }

  @Test
  void every_other_route_refuses_who_is_not_logged_in_before_it_looks_at_anything_else() {
    for (Endpoint endpoint : api.endpoints()) {
      if (!endpoint.isOpen()) {
        String path = endpoint.path().replaceAll("\\{[a-z]+}", "1") + "?unknown=1";
        String method = endpoint.method().name();
        Answer none = api.http.method(method, path).anonymous().send();
        none.problem(401, "UNAUTHORIZED");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        Answer wrong =
            api.http.method(method, path).anonymous().header("Authorization", "Bearer x").send();
        wrong.problem(401, "UNAUTHORIZED");
        Answer basic =
            api.http.method(method, path).anonymous().header("Authorization", "Basic x").send();
        basic.problem(401, "UNAUTHORIZED");
      }
    }
  }

  @Test
  void open_api_describes_every_route_and_no_other() {
    TreeSet<String> served = new TreeSet<>();
    api.endpoints().forEach(e -> served.add(e.method() + " " + e.path()));
    TreeSet<String> described = new TreeSet<>();
    JsonObject paths = api.http.get("/openapi.json").send().ok(200).json().getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
      }
    }

    assertThat(described).isEqualTo(served);
  }

  @Test
  void open_api_describes_every_parameter_body_and_openness_of_a_route() {
    JsonObject document = OpenApi.load("1");
    for (Endpoint endpoint : api.endpoints()) {
      JsonObject operation =
          document
              .getJsonObject("paths")
              .getJsonObject(endpoint.path())
              .getJsonObject(endpoint.method().name().toLowerCase(java.util.Locale.ROOT));
      String name = endpoint.method() + " " + endpoint.path();

      Set<String> expected = endpoint.query() == null ? Set.of() : endpoint.query();
      assertThat(parameters(document, operation, "query")).as(name).isEqualTo(expected);
      assertThat(parameters(document, operation, "path"))
          .as(name)
          .isEqualTo(
              java.util.regex.Pattern.compile("\\{([a-z]+)}")
                  .matcher(endpoint.path())
                  .results()
                  .map(match -> match.group(1))
                  .collect(java.util.stream.Collectors.toSet()));
      assertThat(bodies(document, operation)).as(name).isEqualTo(endpoint.bodies());
      boolean isOpen =
          operation.containsKey("security")
              && (operation.getJsonArray("security").isEmpty()
                  || operation.getJsonArray("security").contains(new JsonObject()));
      assertThat(isOpen).as(name).isEqualTo(endpoint.isOpen());
    }
  }

  private static Set<String> parameters(JsonObject document, JsonObject operation, String in) {
    Set<String> names = new TreeSet<>();
    if (operation.containsKey("parameters")) {
      for (Object each : operation.getJsonArray("parameters")) {
        JsonObject parameter = resolved(document, (JsonObject) each);
        if (parameter.getString("in").equals(in)) {
          names.add(parameter.getString("name"));
        }
      }
    }
    return names;
  }

  private static Set<String> bodies(JsonObject document, JsonObject operation) {
    return operation.containsKey("requestBody")
        ? resolved(document, operation.getJsonObject("requestBody"))
            .getJsonObject("content")
            .fieldNames()
        : Set.of();
  }

  private static JsonObject resolved(JsonObject document, JsonObject object) {
    JsonObject found = document;
    if (!object.containsKey("$ref")) {
      return object;
    }
    for (String step : object.getString("$ref").substring(2).split("/")) {
      found = found.getJsonObject(step);
    }
    return found;
  }

  @Test
  void another_method_is_answered_with_those_that_are_allowed() {
    Answer answer = api.http.method("DELETE", "/api/v1/projects").send();

    answer.problem(405, "METHOD_NOT_ALLOWED");
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST");
  }

  @Test
  void a_path_that_is_not_served_is_a_problem() {
    api.http.get("/api/v1/projcts").send().problem(404, "NO_SUCH_PATH");
    api.http.get("/api/v1/projects/a/b/c").send().problem(404, "NO_SUCH_PATH");
  }

  @Test
  void an_unknown_query_parameter_is_refused_with_the_one_that_was_meant() {
    JsonObject problem =
        api.http.get("/api/v1/projects?limt=3").send().problem(400, "UNKNOWN_QUERY_PARAMETER");

    assertThat(problem.getString("detail")).contains("Did you mean 'limit'?");
  }

  @Test
  void every_answer_carries_the_security_headers() {
    for (String path : new String[] {"/api/v1/projects", "/api/nothing", "/metrics"}) {
      Answer answer = api.http.get(path).send();
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
    }
  }

  @Test
  void head_is_get_without_a_body() {
    Answer answer = api.http.method("HEAD", "/openapi.json").send().ok(200);

    assertThat(answer.bytes()).isEmpty();
    assertThat(Integer.parseInt(answer.header("Content-Length"))).isGreaterThan(10_000);
  }

  @Test
  void an_unready_process_says_what_is_wrong() {
    try (ApiUnderTest sick = new ApiUnderTest()) {
      sick.health.addReady("database", () -> java.util.Optional.of("no connection"));

      JsonObject ready = sick.http.get("/health/ready").anonymous().send().ok(503).json();
      assertThat(ready.getString("status")).isEqualTo("DOWN");
      assertThat(ready.toString()).contains("no connection");
      sick.http.get("/health/live").anonymous().send().ok(200);
    }
  }

  @Test
  void a_missing_database_is_a_503_with_a_time_to_wait() {
    try (ApiUnderTest alone = new ApiUnderTest()) {
      alone.http.get("/api/v1/me").send().ok(200);
      alone.stores.isDown = true;
      for (String path : new String[] {"projects", "workflow-instances", "task-instances/1"}) {
        Answer answer = alone.http.get("/api/v1/" + path).send();
        answer.problem(503, "DATABASE_UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
      }
    }
  }

  @Test
  void while_the_database_is_known_to_be_away_nobody_waits_and_nothing_is_tried() {
    try (ApiUnderTest alone = new ApiUnderTest()) {
      alone.stores.isSilent = true; // whoever asks it would wait
      alone.health.addReady("database", () -> java.util.Optional.of("connection refused"));

      for (String path : new String[] {"projects", "workflow-instances", "task-instances/1"}) {
        Answer answer = alone.http.get("/api/v1/" + path).send();
        answer.problem(503, "DATABASE_UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
      }
      Answer change = alone.http.post("/api/v1/projects").json("{'name': 'new'}").send();
      assertThat(change.problem(503, "DATABASE_UNAVAILABLE").getString("detail"))
          .contains("nothing was changed");
      assertThat(change.header("Retry-After")).isEqualTo("2");
      assertThat(alone.http.get("/health/ready").anonymous().send().ok(503).text())
          .contains("connection refused");
    }
  }

  @Test
  void a_silent_database_holds_nobody_for_long() {
    try (ApiUnderTest alone = new ApiUnderTest()) {
      alone.stores.isSilent = true;
      alone.http.get("/api/v1/projects").send().problem(503, "NO_ANSWER");
      alone
          .http
          .post("/api/v1/login")
          .anonymous()
          .json("{'user': 'ada', 'password': 'x'}")
          .send()
          .problem(503, "NO_ANSWER");
      alone.http.get("/health/live").anonymous().send().ok(200);
    }
  }

  @Test
  void metrics_count_requests_by_route() {
    api.http.get("/api/v1/me").send().ok(200);

    assertThat(api.http.get("/metrics").anonymous().send().ok(200).text())
        .contains("porpoise_api_requests_seconds_count{method=\"GET\",route=\"/api/v1/me\"");
  }

  @Test
  void the_cluster_is_listed_by_role() {
    JsonObject cluster = api.http.get("/api/v1/cluster").send().ok(200).json();

    assertThat(cluster.getJsonArray("masters").getJsonObject(0).getString("node")).isEqualTo("m1");
    assertThat(cluster.getJsonArray("apis").getJsonObject(0).getString("url"))
        .isEqualTo("http://127.0.0.1:" + api.port());
    assertThat(cluster.getJsonObject("slots").getMap())
        .isEqualTo(Map.of("total", 1024, "owned", 1024));
  }
}
