package io.porpoise.worker;

import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Registry;
import io.porpoise.node.config.WorkerConfig;
import io.porpoise.time.Clock;
import io.porpoise.time.VertxClock;
import io.reactivex.rxjava3.core.Completable;
import io.vertx.rxjava3.core.AbstractVerticle;
import io.vertx.rxjava3.core.Context;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/** A worker on Vert.x: one event loop. */
public final class WorkerVerticle extends AbstractVerticle {
  private final Member self;
  private final Bus bus;
  private final Registry registry;
  private final WorkerConfig config;
  private final Path data;
  private final Duration session;
  private Worker worker;

  /**
   * @param data of this worker alone; who deploys makes sure of that
   * @param session the registry's session time-out
   */
  public WorkerVerticle(
      Member self, Bus bus, Registry registry, WorkerConfig config, Path data, Duration session) {
    this.self = self;
    this.bus = bus;
    this.registry = registry;
    this.config = config;
    this.data = data;
    this.session = session;
  }

  @Override
  public Completable rxStart() {
    Context own = vertx.getOrCreateContext();
    Executor loop = task -> own.runOnContext(nothing -> task.run());
    Clock clock = new VertxClock(own);
    return vertx
        .rxExecuteBlocking(
            () -> Worker.open(loop, clock, bus, registry, self, config, data, session))
        .flatMapCompletable(this::start);
  }

  private Completable start(Worker opened) {
    worker = opened;
    return worker.start();
  }

  @Override
  public Completable rxStop() {
    return worker == null ? Completable.complete() : worker.stop();
  }

  /** How the worker is; called on the verticle's event loop. */
  public Heartbeat.Load load() {
    return worker.load();
  }
}
