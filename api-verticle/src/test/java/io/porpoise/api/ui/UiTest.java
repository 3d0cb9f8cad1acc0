package io.porpoise.api.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.http.Principal;
import io.porpoise.api.http.RequestHandler;
import io.porpoise.api.http.Routes;
import io.porpoise.time.VertxClock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UiTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final String PAGE = "<!doctype html><div id=root></div>";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static HttpServer built;
  private static HttpServer bare;

  @BeforeAll
  static void start() {
    built =
        serve(
            Map.of(
                "/index.html", Buffer.buffer(PAGE),
                "/porpoise.svg", Buffer.buffer("<svg/>"),
                "/assets/index-1a2b.js", Buffer.buffer("plain script"),
                "/assets/index-1a2b.js.gz", Buffer.buffer("packed"),
                "/assets/index-1a2b.css", Buffer.buffer("a{}")));
    bare = serve(Map.of());
  }

  private static HttpServer serve(Map<String, Buffer> contents) {
    UiRoutes ui = new UiRoutes(UiFiles.of(contents), "1.2.3");
    RequestHandler requests =
        new RequestHandler(
            request -> Single.just(new Principal(1, "ada", true, new byte[0])),
            new VertxClock(VERTX.getOrCreateContext()),
            1_000,
            () -> true,
            (endpoint, status, nanos) -> {});
    return VERTX
        .createHttpServer()
        .requestHandler(Routes.router(VERTX, ui.endpoints(), ui.elsewhere(), requests))
        .rxListen(0, "127.0.0.1")
        .blockingGet();
  }

  @AfterAll
  static void stop() {
    VERTX.close().blockingAwait();
  }

  private static HttpResponse<String> send(
      HttpServer server, String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> get(String path, String... headers) {
    return send(built, "GET", path, headers);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void every_address_that_a_person_may_open_gets_the_page() {
    for (String path :
        new String[] {
          "/", "/login", "/projects/a%2Fb/workflows/x.y?tab=1", "/instances/812", "/apiary"
        }) {
      HttpResponse<String> answer = get(path, "Accept", "text/html,*/*;q=0.8");
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).isEqualTo(PAGE);
      assertThat(header(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
    }
    assertThat(get("/login").body()).isEqualTo(PAGE);
  }

  @Test
  void what_machines_ask_for_is_never_the_page() {
    for (String path :
        new String[] {
          "/api", "/api/v1/nothing", "/health", "/metrics/x", "/openapi.json", "/assets/gone.js"
        }) {
      HttpResponse<String> answer = get(path, "Accept", "text/html");
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).as(path).contains("NO_SUCH_PATH");
      assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(get("/favicon.ico", "Accept", "*/*").statusCode()).isEqualTo(404);
    assertThat(get("/login", "Accept", "application/json").statusCode()).isEqualTo(404);
    assertThat(send(built, "POST", "/login", "Accept", "text/html").statusCode()).isEqualTo(404);
  }

  @Test
  void no_path_leads_out_of_the_folder() {
    for (String path :
        new String[] {
          "/../io/porpoise/api/system/openapi.yaml",
          "/assets/../../io/porpoise/api/system/openapi.yaml",
          "/assets/%2e%2e/index.html",
          "/..%2f..%2fio/porpoise/api/system/openapi.yaml",
          "//etc/passwd",
          "/assets/..%5c..%5cx"
        }) {
      HttpResponse<String> answer = get(path, "Accept", "application/json");
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
      assertThat(answer.body()).as(path).doesNotContain("openapi: 3");
    }
  }

  @Test
  void what_has_a_hash_in_its_name_is_kept_for_ever_and_comes_compressed_to_who_takes_it() {
    HttpResponse<String> plain = get("/assets/index-1a2b.js");
    HttpResponse<String> packed =
        get("/assets/index-1a2b.js", "Accept-Encoding", "br;q=1.0, gzip;q=0.8");

    assertThat(plain.body()).isEqualTo("plain script");
    assertThat(header(plain, "Content-Encoding")).isEmpty();
    assertThat(packed.body()).isEqualTo("packed");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Content-Length")).isEqualTo("6");
    assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag"));
    for (HttpResponse<String> each : List.of(plain, packed)) {
      assertThat(header(each, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
      assertThat(header(each, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
      assertThat(header(each, "Vary")).isEqualTo("Accept-Encoding");
    }
    assertThat(get("/assets/index-1a2b.js", "Accept-Encoding", "gzip;q=0").body())
        .isEqualTo("plain script");
    assertThat(get("/assets/index-1a2b.css", "Accept-Encoding", "gzip").body()).isEqualTo("a{}");
    assertThat(header(get("/porpoise.svg"), "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void what_the_browser_has_is_not_sent_again() {
    String etag = header(get("/"), "ETag");
    HttpResponse<String> same = get("/", "If-None-Match", "\"other\", W/" + etag);

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(header(same, "ETag")).isEqualTo(etag);
    assertThat(get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void the_browser_is_told_to_be_strict() {
    for (String path : new String[] {"/", "/instances/1", "/assets/index-1a2b.js"}) {
      HttpResponse<String> answer = get(path);
      assertThat(header(answer, "Content-Security-Policy"))
          .contains("default-src 'self';", "frame-ancestors 'none'", "object-src 'none'")
          .doesNotContain("script-src", "unsafe-eval");
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    }
  }

  @Test
  void head_is_get_without_a_body() {
    HttpResponse<String> answer = send(built, "HEAD", "/instances/812", "Accept", "text/html");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(PAGE.length()));
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void a_server_without_the_ui_says_so_at_its_root() {
    HttpResponse<String> answer = send(bare, "GET", "/", "Accept", "text/html");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("1.2.3", "was not built");
    assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
    assertThat(send(bare, "GET", "/login", "Accept", "text/html").statusCode()).isEqualTo(404);
  }
}
