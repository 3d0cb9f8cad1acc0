package io.porpoise.time;

import java.time.Duration;

/**
 * Pauses between tries: each twice as long as the one before, up to a limit, short again after a
 * success.
 */
public final class Backoff {
  private final Duration first;
  private final Duration last;
  private Duration next;

  public Backoff(Duration first, Duration last) {
    this.first = first;
    this.last = last;
    next = first;
  }

  /** How long to wait before the next try. */
  public Duration next() {
    Duration pause = next;
    Duration doubled = pause.multipliedBy(2);
    next = doubled.compareTo(last) > 0 ? last : doubled;
    return pause;
  }

  /** A try succeeded. */
  public void reset() {
    next = first;
  }
}
