package io.porpoise.worker;

import io.porpoise.bus.message.Heartbeat;
import io.porpoise.instance.Reason;
import io.porpoise.time.Clock;
import io.porpoise.worker.attempt.Attempts;
import io.porpoise.worker.heartbeat.Limits;
import io.porpoise.worker.heartbeat.LoadProbe;
import io.porpoise.worker.heartbeat.RoomNews;
import io.porpoise.worker.intake.Capacity;

/** How much more the worker takes, and when its owners hear of it. */
final class Room implements Capacity, RoomNews.Room {
  /** Attempts in memory; ended ones leave it when their owners have acknowledged them. */
  private static final int HELD_MAX = 5_000;

  private static final Reason SPOOL_FULL =
      new Reason(
          "WORKER_SPOOL_FULL",
          "the worker keeps " + HELD_MAX + " attempts that their owners have not acknowledged");
  private static final Reason STOPPING = new Reason("WORKER_STOPPING", "the worker is stopping");

  private final Limits limits;
  private final Attempts attempts;
  private final RoomNews news;
  private LoadProbe.Sample machine = LoadProbe.Sample.UNKNOWN;
  private boolean isStopping;

  /**
   * @param publish tells the owners {@link #load}, and calls {@link #told}
   */
  Room(Limits limits, Attempts attempts, Clock clock, Runnable publish) {
    this.limits = limits;
    this.attempts = attempts;
    news = new RoomNews(clock, this, publish);
  }

  void sampled(LoadProbe.Sample sample) {
    machine = sample;
  }

  /** Nothing more is taken. */
  void stop() {
    isStopping = true;
  }

  /** As {@link RoomNews#changed}. */
  void changed() {
    news.changed();
  }

  /** As {@link RoomNews#told}. */
  void told() {
    news.told();
  }

  /** As {@link RoomNews#close}. */
  void close() {
    news.close();
  }

  /** How the worker is at present. */
  Heartbeat.Load load() {
    Reason refusing = refusing();
    return new Heartbeat.Load(
        machine.cpu(),
        machine.memory(),
        machine.disk(),
        machine.processBytes(),
        running(),
        capacity(),
        0,
        0,
        refusing == null ? null : refusing.text(),
        news.asking());
  }

  @Override
  public Reason refusing() {
    if (isStopping) {
      return STOPPING;
    }
    return attempts.heldCount() >= HELD_MAX ? SPOOL_FULL : limits.refusing(running(), machine);
  }

  @Override
  public void refused(String ownerAddress) {
    news.refused(ownerAddress);
  }

  @Override
  public int running() {
    return attempts.aliveCount();
  }

  @Override
  public int capacity() {
    return limits.running();
  }

  @Override
  public boolean isRefusing() {
    return refusing() != null;
  }
}
