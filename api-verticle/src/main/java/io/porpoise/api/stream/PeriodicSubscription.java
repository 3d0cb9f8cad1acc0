package io.porpoise.api.stream;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows one client a picture of the whole: at once, when something has been touched (but not twice
 * within a second), and at the latest after a while. A client that does not read gets the newest
 * picture when it reads again.
 */
final class PeriodicSubscription implements Subscription, FeedListener {
  private static final Logger log = LoggerFactory.getLogger(PeriodicSubscription.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final int id;
  private final String event;
  private final Outlet outlet;
  private final Clock clock;
  private final Duration atTheLatest;
  private final Supplier<Single<JsonObject>> picture;
  private final CompositeDisposable work = new CompositeDisposable();
  private final SerialDisposable timer = new SerialDisposable();
  private Disposable feeding = Disposable.disposed();
  private JsonObject unsent;
  private long readNanos;
  private boolean isReading;
  private boolean isSoon;

  /**
   * @param event what the event and its field are called
   */
  PeriodicSubscription(
      int id,
      String event,
      Outlet outlet,
      Clock clock,
      Duration atTheLatest,
      Supplier<Single<JsonObject>> picture) {
    this.id = id;
    this.event = event;
    this.outlet = outlet;
    this.clock = clock;
    this.atTheLatest = atTheLatest;
    this.picture = picture;
    work.add(timer);
  }

  void start() {
    read();
  }

  /** Is also told when any instance changes. */
  void start(InstanceFeed feed) {
    feeding = feed.add(this);
    read();
  }

  private void read() {
    isReading = true;
    isSoon = false;
    picture.get().subscribe(this::read, this::notRead, work);
  }

  private void read(JsonObject now) {
    unsent = now;
    proceed();
    ended(atTheLatest);
  }

  private void notRead(Throwable error) {
    Failures.say(log, event, error);
    ended(PAUSE);
  }

  private void ended(Duration pause) {
    isReading = false;
    readNanos = clock.monotonicNanos();
    timer.set(clock.schedule(isSoon ? PAUSE : pause, this::read));
  }

  @Override
  public void touched() {
    if (isSoon) {
      return;
    }
    isSoon = true;
    if (!isReading) {
      long waited = clock.monotonicNanos() - readNanos;
      timer.set(
          clock.schedule(Duration.ofNanos(Math.max(0, PAUSE.toNanos() - waited)), this::read));
    }
  }

  @Override
  public void missed() {
    touched();
  }

  @Override
  public void grant(long bytes) {
    // Events are small and coalesce; credit is for logs.
  }

  @Override
  public void proceed() {
    if (unsent != null && !outlet.isFull()) {
      outlet.send(
          new JsonObject()
              .put("type", "event")
              .put("id", id)
              .put("event", event)
              .put(event, unsent));
      unsent = null;
    }
  }

  @Override
  public void close() {
    feeding.dispose();
    work.dispose();
  }
}
