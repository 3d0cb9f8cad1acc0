package io.porpoise.worker.owner;

import io.porpoise.cluster.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One epoch and owner per slot: whoever speaks with an older epoch has been superseded and is not
 * obeyed. The bus may deliver late, so this is what fences a former owner's commands.
 */
public final class SlotOwners {
  /** How a speaker stands. */
  public enum Standing {
    /** It owns the slot, as before. */
    OWNER,
    /** It is the owner from now on. */
    NEW_OWNER,
    /** Somebody has owned the slot after it. */
    STALE
  }

  private static final long NEVER = -1;

  private final long[] epochs = new long[Slot.COUNT];
  private final String[] addresses = new String[Slot.COUNT];
  private final BitSet known = new BitSet();

  /** Derived; empty until somebody asks. */
  private final Map<String, List<Integer>> slotsByAddress = new TreeMap<>();

  public SlotOwners() {
    Arrays.fill(epochs, NEVER);
  }

  /** Hears that somebody speaks for a slot at an epoch. */
  public Standing hear(int slot, long epoch, String address) {
    if (epoch < epochs[slot]) {
      return Standing.STALE;
    }
    boolean same = epoch == epochs[slot] && address.equals(addresses[slot]);
    epochs[slot] = epoch;
    addresses[slot] = address;
    known.set(slot);
    if (!same) {
      slotsByAddress.clear();
    }
    return same ? Standing.OWNER : Standing.NEW_OWNER;
  }

  /** The slots for which somebody has spoken. */
  BitSet known() {
    return known;
  }

  /** The same by where their owners are reached. */
  Map<String, List<Integer>> slotsByAddress() {
    if (slotsByAddress.isEmpty()) {
      known.stream()
          .forEach(
              slot ->
                  slotsByAddress
                      .computeIfAbsent(addresses[slot], key -> new ArrayList<>())
                      .add(slot));
      slotsByAddress.replaceAll((address, slots) -> List.copyOf(slots));
    }
    return slotsByAddress;
  }

  /** Where the owner of a slot is reached, or null while nobody has spoken for it. */
  public String addressOf(int slot) {
    return addresses[slot];
  }
}
