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

/** Health, metrics and OpenAPI: all of them open to everybody. */
public final class SystemRoutes {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Health health;
  private final PrometheusMeterRegistry metrics;
  private final Buffer openApi;

  public SystemRoutes(Health health, PrometheusMeterRegistry metrics, JsonObject openApi) {
    this.health = health;
    this.metrics = metrics;
    this.openApi = openApi.toBuffer();
  }

  public List<Endpoint> endpoints() {
    return List.of(
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
