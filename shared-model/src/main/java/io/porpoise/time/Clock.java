package io.porpoise.time;

import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.DisposableContainer;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.time.Duration;
import java.time.Instant;

/**
 * Time as one owner (an event loop) sees it: a wall clock for what people read, a monotonic one for
 * leases and timeouts, and timers that run on the owner's own loop. Simulations give a virtual one.
 */
public interface Clock {
  /** The wall clock; it may jump. Never used to decide that something has expired. */
  Instant now();

  /**
   * Nanoseconds since some fixed moment of this process; never jumps, not comparable between
   * processes.
   */
  long monotonicNanos();

  /**
   * Runs {@code task} once on the owner's event loop after {@code delay}, unless disposed before.
   */
  Disposable schedule(Duration delay, Runnable task);

  /**
   * As {@link #schedule(Duration, Runnable)}; the owner's end cancels it, and it leaves the owner
   * by itself when it has run.
   */
  default void schedule(Duration delay, Runnable task, DisposableContainer owner) {
    SerialDisposable timer = new SerialDisposable();
    if (owner.add(timer)) {
      timer.set(
          schedule(
              delay,
              () -> {
                owner.delete(timer);
                task.run();
              }));
    }
  }
}
