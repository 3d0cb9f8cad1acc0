package io.porpoise.time;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.rxjava3.core.Context;
import io.vertx.rxjava3.core.RxHelper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The real time of one Vert.x context: its tasks run on that context. */
public final class VertxClock implements Clock {
  private final java.time.Clock wall = java.time.Clock.systemUTC();
  private final Scheduler scheduler;

  public VertxClock(Context context) {
    scheduler = RxHelper.scheduler(context);
  }

  @Override
  public Instant now() {
    return wall.instant();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public Disposable schedule(Duration delay, Runnable task) {
    // Vert.x counts in milliseconds and would round down: a lease must not be found unexpired by
    // its own timer.
    long millis = delay.plusNanos(999_999).toMillis();
    return scheduler.scheduleDirect(task, millis, TimeUnit.MILLISECONDS);
  }
}
