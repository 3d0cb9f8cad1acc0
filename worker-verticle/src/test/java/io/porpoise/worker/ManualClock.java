package io.porpoise.worker;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when it is told to. */
public final class ManualClock implements Clock {
  private static final Instant BEGIN = Instant.parse("2026-11-21T00:00:00Z");

  private record Timer(long at, long number, Runnable task) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
  private long nanos;
  private long count;

  @Override
  public Instant now() {
    return BEGIN.plusNanos(nanos);
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  @Override
  public Disposable schedule(Duration delay, Runnable task) {
    Timer timer = new Timer(nanos + delay.toNanos(), count++, task);
    timers.add(timer);
    return Disposable.fromRunnable(() -> timers.remove(timer));
  }

  /** Time passes, and nothing is done in it: the next look finds all timers due. */
  public void freeze(Duration time) {
    nanos += time.toNanos();
  }

  public void pass(Duration time) {
    long until = nanos + time.toNanos();
    while (!timers.isEmpty() && timers.peek().at() <= until) {
      Timer next = timers.poll();
      nanos = Math.max(nanos, next.at());
      next.task().run();
    }
    nanos = until;
  }
}
