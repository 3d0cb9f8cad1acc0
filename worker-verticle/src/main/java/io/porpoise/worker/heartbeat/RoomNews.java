package io.porpoise.worker.heartbeat;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/**
 * Says when the owners should hear of this worker's room before the next beat: when somebody was
 * refused and there is room again, and when a good part of it was taken or given back while more
 * than half is in use. Else those who wait would wait for the beat, and those who send would send
 * too much.
 */
public final class RoomNews implements AutoCloseable {
  /** Between two publications at least. */
  static final Duration PAUSE = Duration.ofMillis(50);

  /** So long an owner that was refused is taken to want room still. */
  static final Duration ASKING = Duration.ofSeconds(1);

  private static final int PARTS = 8;

  /** What is to be known of the worker. */
  public interface Room {
    int running();

    int capacity();

    /** Whether it refuses whatever comes. */
    boolean isRefusing();
  }

  private final Clock clock;
  private final Room room;
  private final Runnable publish;
  private final TreeMap<String, Long> refusedNanos = new TreeMap<>();
  private Disposable timer = Disposable.disposed();
  private boolean isWaiting;
  private boolean isClosed;
  private boolean isAskedFor;
  private int told;
  private long toldNanos;

  /**
   * @param publish tells the owners; calls {@link #told}
   */
  public RoomNews(Clock clock, Room room, Runnable publish) {
    this.clock = clock;
    this.room = room;
    this.publish = publish;
    toldNanos = clock.monotonicNanos();
  }

  /** An owner was refused. */
  public void refused(String ownerAddress) {
    refusedNanos.put(ownerAddress, clock.monotonicNanos());
    isAskedFor = true;
  }

  /** The owners that were refused lately, in order. */
  public List<String> asking() {
    long now = clock.monotonicNanos();
    refusedNanos.values().removeIf(since -> now - since > ASKING.toNanos());
    return List.copyOf(refusedNanos.keySet());
  }

  /** All owners have been told how it stands. */
  public void told() {
    told = room.running();
    toldNanos = clock.monotonicNanos();
    isAskedFor &= room.isRefusing();
  }

  /** The number of those that run may have changed. */
  public void changed() {
    if (isClosed || isWaiting || !isNews()) {
      return;
    }
    long wait = PAUSE.toNanos() - (clock.monotonicNanos() - toldNanos);
    if (wait <= 0) {
      publish.run();
      return;
    }
    isWaiting = true;
    timer =
        clock.schedule(
            Duration.ofNanos(wait),
            () -> {
              isWaiting = false;
              changed();
            });
  }

  private boolean isNews() {
    int running = room.running();
    return (isAskedFor && !room.isRefusing())
        || (Math.max(running, told) * 2 >= room.capacity()
            && Math.abs(running - told) * PARTS >= room.capacity());
  }

  /** Nothing more is said. */
  @Override
  public void close() {
    isClosed = true;
    timer.dispose();
  }
}
