package io.porpoise.simulation;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock of one node: it may run a little faster or slower than the world, and its wall clock
 * may jump.
 */
public final class SimClock implements Clock {
  private static final long MILLION = 1_000_000;

  private final SimNode node;
  private final SimClock ofProcess;
  private final long driftPerMillion;
  private final long bornAt;
  private Duration jumped = Duration.ZERO;

  SimClock(SimNode node, long driftPerMillion) {
    this.node = node;
    this.ofProcess = this;
    this.driftPerMillion = driftPerMillion;
    this.bornAt = node.world().nanos();
  }

  private SimClock(SimNode loop, SimClock ofProcess) {
    this.node = loop;
    this.ofProcess = ofProcess;
    this.driftPerMillion = ofProcess.driftPerMillion;
    this.bornAt = ofProcess.bornAt;
  }

  /** The same clock, as another event loop of the process reads it. */
  SimClock on(SimNode loop) {
    return new SimClock(loop, ofProcess);
  }

  @Override
  public Instant now() {
    // Milliseconds, as the database keeps them and as the system clock is read elsewhere.
    long millis = scaled(node.world().nanos()) / MILLION;
    return World.GENESIS.plusMillis(millis).plus(ofProcess.jumped);
  }

  @Override
  public long monotonicNanos() {
    return scaled(node.world().nanos() - bornAt);
  }

  @Override
  public Disposable schedule(Duration delay, Runnable task) {
    return node.schedule(delay, task);
  }

  /** Sets the wall clock forward or back; timers and the monotonic clock do not notice. */
  public void jump(Duration by) {
    ofProcess.jumped = ofProcess.jumped.plus(by);
  }

  /** How long the world needs for so much time of this clock; never too short. */
  long worldNanos(Duration own) {
    long nanos = Math.max(0, own.toNanos());
    if (driftPerMillion == 0) {
      return nanos;
    }
    return nanos / (MILLION + driftPerMillion) * MILLION
        + (nanos % (MILLION + driftPerMillion)) * MILLION / (MILLION + driftPerMillion)
        + 2;
  }

  private long scaled(long nanos) {
    return nanos + nanos / MILLION * driftPerMillion + nanos % MILLION * driftPerMillion / MILLION;
  }
}
