package io.porpoise.master.shard;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Effect;
import io.porpoise.master.engine.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The changes that wait for the next commit, gathered per instance. */
final class OpenBatch {
  private final Ownership ownership;
  private final Backlog backlog;
  private final Map<WorkflowInstanceId, PendingChange> changes = new LinkedHashMap<>();
  private boolean isUrgent;

  OpenBatch(Ownership ownership, Backlog backlog) {
    this.ownership = ownership;
    this.backlog = backlog;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Whether something in it should be committed at once; a mere RUNNING may wait a little. */
  boolean isUrgent() {
    return isUrgent;
  }

  void makeUrgent() {
    isUrgent = true;
  }

  void add(WorkflowInstance asOfNow, Step step, List<Effect> afterCommit) {
    change(asOfNow.id()).add(asOfNow, step, afterCommit);
    isUrgent |= step.instance() != null || !afterCommit.isEmpty() || hasMoreThanStarts(step);
  }

  private static boolean hasMoreThanStarts(Step step) {
    for (TaskInstance task : step.tasks()) {
      if (task.state() != TaskState.RUNNING || task.killCause() != null) {
        return true;
      }
    }
    return false;
  }

  /** What waits of an instance, made if need be. */
  PendingChange change(WorkflowInstanceId id) {
    return changes.computeIfAbsent(
        id, key -> new PendingChange(key, ownership.epoch(key.slot()), backlog));
  }

  /** What waits of an instance, or null. */
  PendingChange find(WorkflowInstanceId id) {
    return changes.get(id);
  }

  PendingChange remove(WorkflowInstanceId id) {
    return changes.remove(id);
  }

  /** Takes the oldest changes out, about so many rows of them. */
  List<PendingChange> take(int rowsMax) {
    List<PendingChange> taken = new ArrayList<>();
    int rows = 0;
    Iterator<PendingChange> next = changes.values().iterator();
    while (next.hasNext() && rows < rowsMax) {
      PendingChange change = next.next();
      rows += change.rows();
      taken.add(change);
      next.remove();
    }
    isUrgent = !changes.isEmpty();
    return taken;
  }
}
