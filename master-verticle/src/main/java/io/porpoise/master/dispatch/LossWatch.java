package io.porpoise.master.dispatch;

import io.porpoise.cluster.NodeId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;

/**
 * Decides when an attempt is certainly dead because its worker has gone: at {@code max(zGone + Ts,
 * lastAck + L, adoptedAt + L) + K + m}, where the worker was missed at {@code zGone}, was last
 * granted a lease at {@code lastAck}, and its slot was taken over at {@code adoptedAt}. Before that
 * no new attempt of its task may start. A worker that comes back in time, in whatever incarnation,
 * ends the wait: its inventory tells what is left.
 *
 * <p>The worker's own count ends before: what it has of the registry it has from before {@code
 * zGone}, and what a former owner has granted ends by {@code adoptedAt + L}. DESIGN.md, section 9,
 * adds {@code zGone} alone, since a session outlasts its last answer by Ts; but an entry may go
 * sooner, when its process leaves or its session is ended by hand.
 *
 * <p>Who is blind misses nobody: while the registry is away, or after this process was frozen, the
 * worker may have been back and gone again, so {@code zGone} is then the moment when that ended.
 */
public final class LossWatch {
  /** When an attempt on a missed worker will be given up, on the wall clock, for people. */
  public record Missed(Instant since, Instant lostAt) {}

  private static final Duration TICK = Duration.ofSeconds(1);

  /** A tick that is so late was slept through; well below K + m. */
  private static final Duration STALL = Duration.ofSeconds(2);

  private final Clock clock;
  private final Fencing fencing;
  private final IntToLongFunction adoptedNanos;
  private final Consumer<NodeId> onDue;
  private final TreeMap<NodeId, Long> missed = new TreeMap<>();
  private final Map<NodeId, Long> acknowledged = new TreeMap<>();
  private Disposable nextTick = Disposable.disposed();
  private long tickDueNanos;
  private boolean isBlind = true;

  /**
   * @param adoptedNanos when a slot was taken over, on the monotonic clock
   * @param onDue attempts of this worker may be lost by now; called again and again
   */
  public LossWatch(
      Clock clock, Fencing fencing, IntToLongFunction adoptedNanos, Consumer<NodeId> onDue) {
    this.clock = clock;
    this.fencing = fencing;
    this.adoptedNanos = adoptedNanos;
    this.onDue = onDue;
  }

  /** Whether this master sees at present who is there. */
  public void sees(boolean isConnected) {
    if (isBlind && isConnected) {
      missNow();
    }
    isBlind = !isConnected;
  }

  public boolean isBlind() {
    return isBlind;
  }

  /** The worker is about to be granted a lease. */
  public void acknowledged(NodeId worker) {
    acknowledged.put(worker, clock.monotonicNanos());
  }

  /**
   * Compares who is there with who should be.
   *
   * @param isPresent whether the registry has the worker
   * @param holding workers that hold attempts
   */
  public void update(Predicate<NodeId> isPresent, List<NodeId> holding) {
    missed.keySet().removeIf(isPresent);
    for (NodeId worker : holding) {
      if (!isPresent.test(worker)) {
        missed.putIfAbsent(worker, clock.monotonicNanos());
      }
    }
    if (nextTick.isDisposed() && !missed.isEmpty()) {
      tickLater();
    }
  }

  /** Whether what the worker ran for a slot is certainly dead. */
  public boolean isLost(NodeId worker, int slot) {
    return !isBlind && missed.containsKey(worker) && left(worker, slot) <= 0;
  }

  /** The wait for an attempt of that worker in that slot, or null. */
  public Missed missed(NodeId worker, int slot) {
    Long since = missed.get(worker);
    if (since == null) {
      return null;
    }
    Instant now = clock.now();
    return new Missed(
        now.minusNanos(clock.monotonicNanos() - since),
        now.plusNanos(Math.max(0, left(worker, slot))));
  }

  public void close() {
    nextTick.dispose();
    missed.clear();
  }

  private long left(NodeId worker, int slot) {
    long now = clock.monotonicNanos();
    long lease = fencing.lease().toNanos();
    long left = missed.get(worker) + fencing.session().toNanos() - now;
    left = Math.max(left, adoptedNanos.applyAsLong(slot) + lease - now);
    Long lastAck = acknowledged.get(worker);
    if (lastAck != null) {
      left = Math.max(left, lastAck + lease - now);
    }
    return left + fencing.killing().toNanos();
  }

  private void tickLater() {
    tickDueNanos = clock.monotonicNanos() + TICK.toNanos();
    nextTick = clock.schedule(TICK, this::tick);
  }

  private void tick() {
    nextTick.dispose();
    if (clock.monotonicNanos() - tickDueNanos > STALL.toNanos()) {
      missNow();
    }
    if (!isBlind) {
      List.copyOf(missed.keySet()).forEach(onDue);
    }
    if (nextTick.isDisposed() && !missed.isEmpty()) {
      tickLater();
    }
  }

  private void missNow() {
    missed.replaceAll((worker, since) -> clock.monotonicNanos());
  }
}
