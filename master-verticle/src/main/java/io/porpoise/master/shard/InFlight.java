package io.porpoise.master.shard;

import io.porpoise.instance.WorkflowInstanceId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes that have left the open batch and whose end is not known yet, in parts that are
 * written one after the other. An instance is in one part at most.
 */
final class InFlight {
  private final ArrayDeque<List<PendingChange>> parts = new ArrayDeque<>();
  private final Map<WorkflowInstanceId, PendingChange> byId = new HashMap<>();

  boolean isEmpty() {
    return parts.isEmpty();
  }

  void addFirst(List<PendingChange> part) {
    parts.addFirst(part);
    part.forEach(change -> byId.put(change.id(), change));
  }

  /** The part that is next, or null. */
  List<PendingChange> peek() {
    return parts.peek();
  }

  /** Takes the part that is next out; there must be one. */
  List<PendingChange> poll() {
    List<PendingChange> part = parts.poll();
    part.forEach(change -> byId.remove(change.id()));
    return part;
  }

  /** What is being written of an instance, or null. */
  PendingChange find(WorkflowInstanceId id) {
    return byId.get(id);
  }
}
