package io.porpoise.master.dispatch;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which attempts of this shard are with which worker, as the rows say. */
public final class Placements {
  private final Map<NodeId, LinkedHashMap<TaskInstanceId, WorkflowInstanceId>> byWorker =
      new HashMap<>();
  private final Map<TaskInstanceId, NodeId> workers = new HashMap<>();

  /** Follows a row that has changed. */
  public void follow(TaskInstance task) {
    NodeId now = task.valid() && task.state().isWithWorker() ? task.worker() : null;
    NodeId before = now == null ? workers.remove(task.id()) : workers.put(task.id(), now);
    if (before != null && !before.equals(now)) {
      byWorker.get(before).remove(task.id());
    }
    if (now != null) {
      byWorker
          .computeIfAbsent(now, worker -> new LinkedHashMap<>())
          .put(task.id(), task.workflowInstanceId());
    }
  }

  public void forget(TaskInstanceId task) {
    NodeId worker = workers.remove(task);
    if (worker != null) {
      byWorker.get(worker).remove(task);
    }
  }

  public int count(NodeId worker) {
    var tasks = byWorker.get(worker);
    return tasks == null ? 0 : tasks.size();
  }

  /** The instance of an attempt that is with the worker, or null. */
  public WorkflowInstanceId instanceOf(NodeId worker, TaskInstanceId task) {
    var tasks = byWorker.get(worker);
    return tasks == null ? null : tasks.get(task);
  }

  /** A copy, so that what is done about them may change the placements. */
  public Map<TaskInstanceId, WorkflowInstanceId> at(NodeId worker) {
    var tasks = byWorker.get(worker);
    return tasks == null ? Map.of() : new LinkedHashMap<>(tasks);
  }

  /** Workers that hold anything. */
  public java.util.List<NodeId> workers() {
    return byWorker.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
