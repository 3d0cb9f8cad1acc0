package io.porpoise.node;

import io.porpoise.bus.message.Heartbeat;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load of the machine and the process as last looked at, once a second, off the event loops.
 */
public final class ProcessLoad {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessLoad.class);

  private final Vertx vertx;
  private final SystemLoad system;
  private final CompositeDisposable measuring = new CompositeDisposable();
  private volatile SystemLoad.Sample last = new SystemLoad.Sample(0, 0, 0, 0);

  ProcessLoad(Vertx vertx, SystemLoad system) {
    this.vertx = vertx;
    this.system = system;
  }

  public SystemLoad.Sample last() {
    return last;
  }

  /** For a heartbeat, without what only the member knows. */
  public Heartbeat.Load forHeartbeat() {
    SystemLoad.Sample now = last;
    return new Heartbeat.Load(
        now.cpu(), now.memory(), now.disk(), now.processBytes(), 0, 0, 0, 0, null, List.of());
  }

  void start() {
    Scheduler scheduler = RxHelper.scheduler(vertx.getOrCreateContext());
    Flowable.interval(0, 1, TimeUnit.SECONDS, scheduler)
        .onBackpressureDrop()
        .concatMapMaybe(tick -> vertx.rxExecuteBlocking(system::sample, false))
        .subscribe(
            sample -> last = sample,
            e -> LOG.error("the load is measured no more", e),
            () -> {},
            measuring);
  }

  void stop() {
    measuring.dispose();
  }
}
