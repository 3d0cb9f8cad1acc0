package io.porpoise.master.shard;

import io.porpoise.bus.message.Reconcile.SlotEpoch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The slots of a shard, at the epochs it knows, and which of them are loaded. */
public final class Ownership {
  private final TreeMap<Integer, Long> epochs = new TreeMap<>();
  private final TreeSet<Integer> ready = new TreeSet<>();

  void gain(Map<Integer, Long> slots) {
    epochs.putAll(slots);
    ready.removeAll(slots.keySet());
  }

  void ready(Collection<Integer> slots) {
    for (int slot : slots) {
      if (epochs.containsKey(slot)) {
        ready.add(slot);
      }
    }
  }

  /** Still owned and written for, but nothing new is taken. */
  void unready(Collection<Integer> slots) {
    ready.removeAll(slots);
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
    slots.forEach(epochs::remove);
    ready.removeAll(slots);
  }

  public boolean owns(int slot) {
    return epochs.containsKey(slot);
  }

  /** Whether its instances are in memory: before that nothing can be said about them. */
  public boolean isReady(int slot) {
    return ready.contains(slot);
  }

  /** The epoch at which a slot is owned, -1 when it is not. */
  public long epoch(int slot) {
    return epochs.getOrDefault(slot, -1L);
  }

  public List<Integer> readySlots() {
    return List.copyOf(ready);
  }

  public List<SlotEpoch> all() {
    return epochs.entrySet().stream()
        .map(entry -> new SlotEpoch(entry.getKey(), entry.getValue()))
        .toList();
  }

  public int size() {
    return epochs.size();
  }
}
