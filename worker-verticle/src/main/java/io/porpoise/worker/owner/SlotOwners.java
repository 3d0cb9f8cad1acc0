package io.porpoise.worker.owner;

import io.porpoise.cluster.Slot;
import java.util.Arrays;

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
    return same ? Standing.OWNER : Standing.NEW_OWNER;
  }

  /** Where the owner of a slot is reached, or null while nobody has spoken for it. */
  public String addressOf(int slot) {
    return addresses[slot];
  }
}
