package io.porpoise.node;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.MemberId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a member's proof of life with load, at once and then regularly, on one event loop. */
public final class Heartbeats {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  private final MemberId self;
  private final Clock clock;
  private final Bus bus;
  private final Duration interval;
  private final Supplier<Single<Heartbeat.Load>> load;
  private final CompositeDisposable asking = new CompositeDisposable();
  private Disposable next = Disposable.disposed();

  /**
   * @param load asked before each heartbeat, on the clock's event loop
   */
  public Heartbeats(
      MemberId self,
      Clock clock,
      Bus bus,
      Duration interval,
      Supplier<Single<Heartbeat.Load>> load) {
    this.self = self;
    this.clock = clock;
    this.bus = bus;
    this.interval = interval;
    this.load = load;
  }

  /** To be called on the clock's event loop, as is {@link #stop}. */
  public void start() {
    beat();
  }

  public void stop() {
    next.dispose();
    asking.dispose();
  }

  private void beat() {
    asking.clear(); // A load that was not told within an interval is not waited for.
    load.get()
        .subscribe(
            now -> bus.publish(Addresses.HEARTBEAT, new Heartbeat(self, now)),
            e -> LOG.warn("no load, so no heartbeat", e),
            asking);
    next = clock.schedule(interval, this::beat);
  }
}
