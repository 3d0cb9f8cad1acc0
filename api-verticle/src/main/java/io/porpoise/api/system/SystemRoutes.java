package io.porpoise.api.system;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.node.Health;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Health, metrics, OpenAPI, and the page at the root: all of them open to everybody. */
public final class SystemRoutes {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Porpoise</title>
      <style>body{font:16px/1.5 sans-serif;max-width:42em;margin:3em auto;padding:0 1em}</style>
      </head><body><h1>Porpoise</h1>
      <p>This is the API of a Porpoise %s node. There is no user interface in this version yet;
      use the command line (<code>scripts/porpoise</code>) or HTTP.</p>
      <ul>
      <li><code>/api/v1</code>: the API; log in with <code>POST /api/v1/login</code></li>
      <li><code>/api/v1/stream</code>: live instances and logs, as a WebSocket</li>
      <li><a href="/openapi.json">/openapi.json</a>: every call, described</li>
      <li><a href="/health/ready">/health/ready</a>, <a href="/health/live">/health/live</a>: health</li>
      <li><a href="/metrics">/metrics</a>: metrics for Prometheus</li>
      </ul></body></html>
      """;

  private final Health health;
  private final PrometheusMeterRegistry metrics;
  private final Buffer openApi;
  private final Buffer page;

  public SystemRoutes(
      Health health, PrometheusMeterRegistry metrics, JsonObject openApi, String version) {
    this.health = health;
    this.metrics = metrics;
    this.openApi = openApi.toBuffer();
    this.page = Buffer.buffer(PAGE.formatted(version));
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/", call -> Single.just(Answer.of(200, "text/html; charset=utf-8", page)))
            .open()
            .anyQuery(),
        Endpoint.get("/openapi.json", call -> Single.just(Answer.of(200, Endpoint.JSON, openApi)))
            .open()
            .anyQuery(),
        Endpoint.get("/health/live", call -> found(health.live())).open().anyQuery(),
        Endpoint.get("/health/ready", call -> found(health.ready())).open().anyQuery(),
        Endpoint.get("/metrics", this::metrics).open().anyQuery());
  }

  private static Single<Answer> found(List<Health.Finding> findings) {
    JsonArray checks = new JsonArray();
    for (Health.Finding finding : findings) {
      checks.add(
          new JsonObject()
              .put("name", finding.name())
              .put("status", finding.isWell() ? "UP" : "DOWN")
              .put("problem", finding.problem().orElse(null)));
    }
    boolean isWell = findings.stream().allMatch(Health.Finding::isWell);
    JsonObject body = new JsonObject().put("status", isWell ? "UP" : "DOWN").put("checks", checks);
    return Single.just(Answer.json(isWell ? 200 : 503, body));
  }

  private Single<Answer> metrics(Call call) {
    return Single.just(Answer.of(200, METRICS_TYPE, Buffer.buffer(metrics.scrape())));
  }
}
