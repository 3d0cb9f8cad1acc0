package io.porpoise.master.slot;

import io.porpoise.cluster.Slot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The slots that a master holds, each at an epoch. Plain arrays: every review asks for each of
 * them.
 */
final class HeldSlots {
  // Claims begin with epoch 1.
  private static final long NOT_HELD = 0;

  private final long[] epochs = new long[Slot.COUNT];

  boolean has(int slot) {
    return epochs[slot] != NOT_HELD;
  }

  /** Whether it is held, but not at this epoch. */
  boolean hasAtOther(int slot, long epoch) {
    return has(slot) && epochs[slot] != epoch;
  }

  void add(Map<Integer, Long> gained) {
    gained.forEach((slot, epoch) -> epochs[slot] = epoch);
  }

  void remove(Collection<Integer> slots) {
    slots.forEach(slot -> epochs[slot] = NOT_HELD);
  }

  /** The epochs of all slots, 0 for what is not held; a copy. */
  long[] toArray() {
    return epochs.clone();
  }

  List<Integer> all() {
    return all(slot -> true);
  }

  /** Those for which it holds, in their order. */
  List<Integer> all(IntPredicate wanted) {
    List<Integer> found = new ArrayList<>();
    for (int slot = 0; slot < epochs.length; slot++) {
      if (has(slot) && wanted.test(slot)) {
        found.add(slot);
      }
    }
    return found;
  }
}
