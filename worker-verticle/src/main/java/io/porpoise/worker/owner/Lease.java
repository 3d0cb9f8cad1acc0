package io.porpoise.worker.owner;

import io.porpoise.cluster.Slot;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;

/**
 * How long attempts may go on without a sign of life (DESIGN.md, section 9): for each slot {@code
 * stopBy = max(z + Ts, g + grant)}, where {@code z} is when the last answered write to the worker's
 * own registry entry was <em>sent</em>, and {@code g} when the last request was sent that the
 * slot's owner granted. After that the owner may believe that the worker is dead, and run its tasks
 * elsewhere.
 *
 * <p>Counted from the sending, because a slow answer must not lengthen the lease. What a former
 * owner has granted stays good: it grants no more than its successor waits for.
 *
 * <p>A lease that has ended and begins anew is another one: that is counted, because a dispatch
 * that was sent during the former one may have been given up by its sender. All times are monotonic
 * nanoseconds.
 */
public final class Lease {
  private final long sessionNanos;
  private final SlotOwners owners;
  private final long[] grantedUntil = new long[Slot.COUNT];
  private final BitSet isGranted = new BitSet();
  private final BitSet lapsed = new BitSet();
  private boolean hasBegun;
  private boolean isTouched;
  private long touchedUntil;
  private long lapses;

  /**
   * @param session the registry's session time-out, Ts
   * @param owners knows the slots in which there may be attempts
   */
  public Lease(Duration session, SlotOwners owners) {
    sessionNanos = session.toNanos();
    this.owners = owners;
  }

  /** The registry answered a write that was sent then. */
  public void touched(long sentNanos, long nowNanos) {
    long until = sentNanos + sessionNanos;
    if (until - nowNanos <= 0) {
      return;
    }
    notice(nowNanos);
    touchedUntil = isTouched ? later(touchedUntil, until) : until;
    isTouched = true;
    begin(nowNanos);
  }

  /** The owner of these slots granted what it was asked for then. */
  public void granted(Collection<Integer> slots, Duration grant, long sentNanos, long nowNanos) {
    long until = sentNanos + grant.toNanos();
    if (until - nowNanos <= 0) {
      return;
    }
    notice(nowNanos);
    for (int slot : slots) {
      grantedUntil[slot] = isGranted.get(slot) ? later(grantedUntil[slot], until) : until;
      isGranted.set(slot);
    }
    begin(nowNanos);
  }

  /**
   * Whether there has been a lease at all in this life of the worker. Before that the keeper alone
   * knows how long the attempts that it has taken over may go on.
   */
  public boolean hasBegun() {
    return hasBegun;
  }

  /** Whether attempts of the slot may run now. */
  public boolean isHeld(int slot, long nowNanos) {
    if (hasBegun && leftNanos(slot, nowNanos) <= 0) {
      lapsed.set(slot);
    }
    return hasBegun && !lapsed.get(slot);
  }

  /** How long the attempts of a slot may still go on; zero when they must not. */
  public Duration remaining(int slot, long nowNanos) {
    return Duration.ofNanos(Math.max(0, leftNanos(slot, nowNanos)));
  }

  private long leftNanos(int slot, long nowNanos) {
    long left = isTouched ? touchedUntil - nowNanos : 0;
    return isGranted.get(slot) ? Math.max(left, grantedUntil[slot] - nowNanos) : left;
  }

  /** How often a lease has begun anew after it had lapsed for some slot. */
  public long lapses() {
    return lapses;
  }

  private void notice(long nowNanos) {
    if (isTouched && touchedUntil - nowNanos > 0) {
      return; // nearly always: that is enough for all slots
    }
    owners.known().stream().forEach(slot -> isHeld(slot, nowNanos));
  }

  /** Counted when it begins and not when it ends, since meanwhile nothing is taken anyway. */
  private void begin(long nowNanos) {
    hasBegun = true;
    if (lapsed.isEmpty()) {
      return;
    }
    BitSet anew = new BitSet();
    lapsed.stream().filter(slot -> leftNanos(slot, nowNanos) > 0).forEach(anew::set);
    if (!anew.isEmpty()) {
      lapsed.andNot(anew);
      lapses++;
    }
  }

  private static long later(long one, long other) {
    return one - other >= 0 ? one : other;
  }
}
