package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.cluster.MemberId;
import java.util.List;

/**
 * From a worker to the owner of these slots, every other second: "I live; how long may go on what I
 * run in them?" Answered by {@link LeaseGrants}.
 */
public record LeaseRequest(MemberId worker, List<Integer> slots) implements Message {
  @Override
  public String toString() {
    return "LeaseRequest[" + worker + ", " + slots.size() + " slots]";
  }
}
