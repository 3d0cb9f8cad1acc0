package io.porpoise.master.shard;

import io.porpoise.bus.message.Reconcile.SlotEpoch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The slots of a shard, at the epochs it knows, which of them are loaded, and since when the
 * database has not contradicted.
 */
public final class Ownership {
  /** One slot; times are monotonic nanoseconds, null before the first. */
  private static final class Owned {
    final long epoch;
    final long adoptedNanos;
    Long confirmedNanos;

    Owned(long epoch, long adoptedNanos) {
      this.epoch = epoch;
      this.adoptedNanos = adoptedNanos;
    }
  }

  private final TreeMap<Integer, Owned> owned = new TreeMap<>();
  private final TreeSet<Integer> ready = new TreeSet<>();
  private final TreeSet<Integer> leaving = new TreeSet<>();

  /**
   * Takes slots over.
   *
   * @param nowNanos after their claim
   */
  void gain(Map<Integer, Long> slots, long nowNanos) {
    slots.forEach((slot, epoch) -> owned.put(slot, new Owned(epoch, nowNanos)));
    ready.removeAll(slots.keySet());
    leaving.removeAll(slots.keySet());
  }

  /**
   * The database has said that these are the present epochs of these slots.
   *
   * @param askedNanos when it was asked; what it said may have been over when the answer came
   */
  void confirm(Map<Integer, Long> epochs, long askedNanos) {
    epochs.forEach(
        (slot, epoch) -> {
          Owned its = owned.get(slot);
          if (its != null
              && its.epoch == epoch
              && (its.confirmedNanos == null || its.confirmedNanos - askedNanos < 0)) {
            its.confirmedNanos = askedNanos;
          }
        });
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
    leaving.addAll(slots);
  }

  boolean isLeaving(int slot) {
    return leaving.contains(slot);
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
    slots.forEach(owned::remove);
    ready.removeAll(slots);
    leaving.removeAll(slots);
  }

  public boolean owns(int slot) {
    return owned.containsKey(slot);
  }

  /** Whether its instances are in memory: before that nothing can be said about them. */
  public boolean isReady(int slot) {
    return ready.contains(slot);
  }

  /** The epoch at which a slot is owned, -1 when it is not. */
  public long epoch(int slot) {
    Owned its = owned.get(slot);
    return its == null ? -1 : its.epoch;
  }

  /** When a slot that is owned was taken over. */
  long adoptedNanos(int slot) {
    return owned.get(slot).adoptedNanos;
  }

  /** When the database was last asked whether the slot's epoch is ours and said so, or null. */
  Long confirmedNanos(int slot) {
    Owned its = owned.get(slot);
    return its == null ? null : its.confirmedNanos;
  }

  public List<Integer> readySlots() {
    return List.copyOf(ready);
  }

  public List<SlotEpoch> all() {
    return owned.entrySet().stream()
        .map(entry -> new SlotEpoch(entry.getKey(), entry.getValue().epoch))
        .toList();
  }

  public int size() {
    return owned.size();
  }
}
