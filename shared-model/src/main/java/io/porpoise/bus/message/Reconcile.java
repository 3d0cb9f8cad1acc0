package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import java.util.List;

/**
 * To a worker's intake, before anything else is asked of it: "I own these slots at these epochs".
 * The worker first raises its remembered epochs (so that late words of a former owner are refused),
 * directs the reports of these slots to the new owner, and then answers with {@link Inventory}.
 */
public record Reconcile(String ownerAddress, List<SlotEpoch> slots) implements Message {
  /** A slot and the epoch at which the sender owns it. */
  public record SlotEpoch(int slot, long epoch) {}
}
