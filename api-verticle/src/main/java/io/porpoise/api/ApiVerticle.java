package io.porpoise.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.porpoise.api.http.Endpoint;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.node.Health;
import io.porpoise.node.config.ApiConfig;
import io.reactivex.rxjava3.core.Completable;
import io.vertx.rxjava3.core.AbstractVerticle;
import io.vertx.rxjava3.core.Context;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs one API node on one event loop. */
public final class ApiVerticle extends AbstractVerticle {
  private final Member self;
  private final ApiConfig config;
  private final Function<Context, ApiPorts> ports;
  private final Surroundings surroundings;
  private ApiNode node;

  /**
   * What the process knows of itself.
   *
   * @param load the last measured load of this process; must not block
   */
  public record Surroundings(
      PrometheusMeterRegistry metrics, Health health, Supplier<Heartbeat.Load> load) {}

  /**
   * @param self its url may be empty: then it becomes the address at which HTTP is served
   * @param ports made for this verticle's own event loop
   */
  public ApiVerticle(
      Member self, ApiConfig config, Function<Context, ApiPorts> ports, Surroundings surroundings) {
    this.self = self;
    this.config = config;
    this.ports = ports;
    this.surroundings = surroundings;
  }

  @Override
  public Completable rxStart() {
    ApiPorts mine = ports.apply(vertx.getOrCreateContext());
    return vertx
        .rxExecuteBlocking(() -> ApiFiles.load(self.version()))
        .toSingle()
        .doOnSuccess(files -> node = new ApiNode(vertx, self, config, mine, surroundings, files))
        .flatMapCompletable(files -> node.start());
  }

  @Override
  public Completable rxStop() {
    return node == null ? Completable.complete() : node.stop();
  }

  /** The port at which HTTP is served, once it is started. */
  public int port() {
    return node.port();
  }

  /** All that is served, once it is started. */
  public List<Endpoint> endpoints() {
    return node.endpoints();
  }
}
