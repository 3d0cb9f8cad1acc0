package io.porpoise.master.dispatch;

import io.porpoise.cluster.NodeId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Decides when a worker that has gone is certainly dead with all it ran: {@code lease + kill +
 * margin} after it was first missed (DESIGN.md, section 9). Before that no new attempt of its tasks
 * may start. A worker that comes back in time, in whatever incarnation, ends the wait: its
 * inventory tells what is left.
 */
public final class LossWatch {
  /** When a missed worker will be given up, on the wall clock, for people. */
  public record Missed(Instant since, Instant lostAt) {}

  private record Wait(Missed missed, Disposable timer) {}

  private final Clock clock;
  private final Duration patience;
  private final Consumer<NodeId> onLost;
  private final TreeMap<NodeId, Wait> waits = new TreeMap<>();

  /**
   * @param patience attempt lease plus kill time plus margin
   */
  public LossWatch(Clock clock, Duration patience, Consumer<NodeId> onLost) {
    this.clock = clock;
    this.patience = patience;
    this.onLost = onLost;
  }

  /**
   * Compares who is there with who should be.
   *
   * @param isPresent whether the registry has the worker
   * @param holding workers that hold attempts
   */
  public void update(Predicate<NodeId> isPresent, List<NodeId> holding) {
    for (NodeId worker : List.copyOf(waits.keySet())) {
      if (isPresent.test(worker)) {
        waits.remove(worker).timer().dispose();
      }
    }
    for (NodeId worker : holding) {
      if (!isPresent.test(worker) && !waits.containsKey(worker)) {
        Instant now = clock.now();
        Disposable timer = clock.schedule(patience, () -> lost(worker));
        waits.put(worker, new Wait(new Missed(now, now.plus(patience)), timer));
      }
    }
  }

  private void lost(NodeId worker) {
    waits.remove(worker);
    onLost.accept(worker);
  }

  /** The wait for a worker, or null. */
  public Missed missed(NodeId worker) {
    Wait wait = waits.get(worker);
    return wait == null ? null : wait.missed();
  }

  public void close() {
    waits.values().forEach(wait -> wait.timer().dispose());
    waits.clear();
  }
}
