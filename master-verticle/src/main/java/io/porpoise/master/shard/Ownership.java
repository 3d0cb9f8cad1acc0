package io.porpoise.master.shard;

import io.porpoise.bus.message.Reconcile.SlotEpoch;
import io.porpoise.cluster.Slot;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The slots of a shard, at the epochs it knows, which of them are loaded, and since when the
 * database has not contradicted. Times are monotonic nanoseconds.
 */
public final class Ownership {
  private static final long NOT_OWNED = -1;

  private final long[] epochs = new long[Slot.COUNT];
  private final long[] adoptedNanos = new long[Slot.COUNT];
  private final long[] confirmedNanos = new long[Slot.COUNT];
  private final BitSet owned = new BitSet();
  private final BitSet confirmed = new BitSet();
  private final TreeSet<Integer> ready = new TreeSet<>();
  private final BitSet leaving = new BitSet();

  public Ownership() {
    Arrays.fill(epochs, NOT_OWNED);
  }

  /**
   * Takes slots over.
   *
   * @param nowNanos after their claim
   */
  void gain(Map<Integer, Long> slots, long nowNanos) {
    lose(slots.keySet());
    slots.forEach(
        (slot, epoch) -> {
          owned.set(slot);
          epochs[slot] = epoch;
          adoptedNanos[slot] = nowNanos;
        });
  }

  /**
   * The database has said that these are the present epochs of these slots.
   *
   * @param askedNanos when it was asked; what it said may have been over when the answer came
   */
  void confirm(Map<Integer, Long> present, long askedNanos) {
    present.forEach((slot, epoch) -> confirm(slot, epoch, askedNanos));
  }

  /** The same by slot, with something else for slots that were not asked about. */
  void confirm(long[] present, long askedNanos) {
    owned.stream().forEach(slot -> confirm(slot, present[slot], askedNanos));
  }

  private void confirm(int slot, long epoch, long askedNanos) {
    if (owns(slot)
        && epochs[slot] == epoch
        && (!confirmed.get(slot) || askedNanos - confirmedNanos[slot] > 0)) {
      confirmed.set(slot);
      confirmedNanos[slot] = askedNanos;
    }
  }

  void ready(Collection<Integer> slots) {
    for (int slot : slots) {
      if (owns(slot)) {
        ready.add(slot);
      }
    }
  }

  /** Still owned, and what has been decided is written, but nothing new happens. */
  void leave(Collection<Integer> slots) {
    ready.removeAll(slots);
    slots.forEach(leaving::set);
  }

  boolean isLeaving(int slot) {
    return leaving.get(slot);
  }

  /** Gives up those of the slots that are still owned at just these epochs. */
  Set<Integer> loseAt(Map<Integer, Long> guards, Set<Integer> slots) {
    Set<Integer> lost = new TreeSet<>();
    for (int slot : slots) {
      if (owns(slot) && epoch(slot) == guards.get(slot)) {
        lost.add(slot);
      }
    }
    lose(lost);
    return lost;
  }

  void lose(Collection<Integer> slots) {
    for (int slot : slots) {
      owned.clear(slot);
      confirmed.clear(slot);
      leaving.clear(slot);
      epochs[slot] = NOT_OWNED;
    }
    ready.removeAll(slots);
  }

  public boolean owns(int slot) {
    return owned.get(slot);
  }

  /** Whether its instances are in memory: before that nothing can be said about them. */
  public boolean isReady(int slot) {
    return ready.contains(slot);
  }

  /** The epoch at which a slot is owned, -1 when it is not. */
  public long epoch(int slot) {
    return epochs[slot];
  }

  /** When a slot that is owned was taken over. */
  long adoptedNanos(int slot) {
    return adoptedNanos[slot];
  }

  /**
   * How long ago the database was last asked for the slot's epoch and confirmed it; for ever when
   * it is not owned.
   */
  long unconfirmedNanos(int slot, long nowNanos) {
    return confirmed.get(slot) ? nowNanos - confirmedNanos[slot] : Long.MAX_VALUE;
  }

  public List<Integer> readySlots() {
    return List.copyOf(ready);
  }

  public List<SlotEpoch> all() {
    return owned.stream().mapToObj(slot -> new SlotEpoch(slot, epochs[slot])).toList();
  }

  public int size() {
    return owned.cardinality();
  }
}
