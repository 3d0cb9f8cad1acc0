package io.porpoise.master.shard;

import io.porpoise.instance.WorkflowInstanceId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which instances have left memory lately. What was read before that is old: it shows them
 * unfinished, and must not bring them back.
 */
final class Departures {
  static final int REMEMBERED_MAX = 10_000;

  private final Map<WorkflowInstanceId, Long> last = new LinkedHashMap<>();
  private long count;
  private long lastForgotten;

  void left(WorkflowInstanceId id) {
    last.remove(id);
    last.put(id, ++count);
    if (last.size() > REMEMBERED_MAX) {
      Iterator<Long> eldest = last.values().iterator();
      lastForgotten = eldest.next();
      eldest.remove();
    }
  }

  /** How many there have been. */
  long count() {
    return count;
  }

  /** Whether it has left, or may have, when there had been so many. */
  boolean hasLeftSince(WorkflowInstanceId id, long departures) {
    return last.getOrDefault(id, lastForgotten) > departures;
  }
}
