package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import java.util.List;

/**
 * How long attempts may go on, counted from the moment when their worker <em>sent</em> its request.
 * Slots that the owner cannot speak for are left out.
 */
public record LeaseGrants(List<Grant> grants) implements Message {
  /**
   * So long for all of these slots.
   *
   * @param millis the attempt lease, less the time since the database last said that the owner's
   *     epoch is the present one: whoever has claimed the slot since then waits for the rest
   */
  public record Grant(long millis, List<Integer> slots) {
    @Override
    public String toString() {
      return slots.size() + " slots for " + millis + " ms";
    }
  }
}
