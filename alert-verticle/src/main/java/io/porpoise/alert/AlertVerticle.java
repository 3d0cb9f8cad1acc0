package io.porpoise.alert;

import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Registry;
import io.porpoise.node.Heartbeats;
import io.porpoise.time.VertxClock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.core.AbstractVerticle;
import java.time.Duration;
import java.util.function.Supplier;

/** One alert node on one event loop. */
public final class AlertVerticle extends AbstractVerticle {
  private final Member self;
  private final Bus bus;
  private final Registry registry;
  private final Duration heartbeat;
  private final Supplier<Heartbeat.Load> load;
  private Heartbeats heartbeats;

  /**
   * @param heartbeat how often to tell that it lives
   */
  public AlertVerticle(
      Member self, Bus bus, Registry registry, Duration heartbeat, Supplier<Heartbeat.Load> load) {
    this.self = self;
    this.bus = bus;
    this.registry = registry;
    this.heartbeat = heartbeat;
    this.load = load;
  }

  @Override
  public Completable rxStart() {
    heartbeats =
        new Heartbeats(
            self.id(),
            new VertxClock(vertx.getOrCreateContext()),
            bus,
            heartbeat,
            () -> Single.fromSupplier(load::get));
    return registry.join(self).doOnComplete(heartbeats::start);
  }

  @Override
  public Completable rxStop() {
    heartbeats.stop();
    return registry.leave();
  }
}
