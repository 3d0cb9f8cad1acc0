package io.porpoise.master.shard;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Effect;
import io.porpoise.master.engine.Step;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Batch.InstanceChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be written of one instance, and what waits for that: each row once, its last state.
 */
final class PendingChange {
  /** Something that waits to be durable. */
  record Waiter(Runnable onDurable, Runnable onDropped) {}

  private final WorkflowInstanceId id;
  private final long epoch;
  private final Backlog backlog;
  private final Map<TaskInstanceId, TaskInstance> tasks = new LinkedHashMap<>();
  private final List<HistoryEntry> history = new ArrayList<>();
  private final List<Long> appliedCommands = new ArrayList<>();
  private final List<Long> leftTickets = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private long bytes;
  private WorkflowInstance changedInstance;
  private WorkflowInstance instance;

  /**
   * @param epoch at which the slot was owned when this was decided; under a later one it must not
   *     be written
   */
  PendingChange(WorkflowInstanceId id, long epoch, Backlog backlog) {
    this.id = id;
    this.epoch = epoch;
    this.backlog = backlog;
  }

  private void grow(long by) {
    bytes += by;
    backlog.grow(by);
  }

  void add(WorkflowInstance asOfNow, Step step, List<Effect> afterCommit) {
    instance = asOfNow;
    if (step.instance() != null) {
      changedInstance = step.instance();
    }
    for (TaskInstance task : step.tasks()) {
      tasks.put(task.id(), task);
      grow(Backlog.bytesOf(task));
    }
    history.addAll(step.history());
    leftTickets.addAll(step.leftTickets());
    alerts.addAll(step.alerts());
    grow((long) Backlog.HISTORY_BYTES * step.history().size());
    effects.addAll(afterCommit);
  }

  void addHistory(HistoryEntry entry) {
    history.add(entry);
    grow(Backlog.HISTORY_BYTES);
  }

  void addCommand(long command) {
    appliedCommands.add(command);
  }

  void addWaiter(Waiter waiter) {
    waiters.add(waiter);
    grow(Backlog.WAITER_BYTES);
  }

  WorkflowInstanceId id() {
    return id;
  }

  long epoch() {
    return epoch;
  }

  int rows() {
    return 2 + tasks.size();
  }

  InstanceChange toWrite() {
    return new InstanceChange(
        id,
        changedInstance,
        List.copyOf(tasks.values()),
        List.copyOf(history),
        List.copyOf(appliedCommands),
        List.copyOf(leftTickets),
        List.copyOf(alerts));
  }

  /** The instance as it stands with this change, or null when only commands were deleted. */
  WorkflowInstance instance() {
    return instance;
  }

  List<TaskInstance> tasks() {
    return List.copyOf(tasks.values());
  }

  List<Effect> effects() {
    return effects;
  }

  /** It is durable; nothing waits for the database any more. */
  void settle() {
    leave();
    waiters.forEach(waiter -> waiter.onDurable().run());
  }

  /** It will never be durable. */
  void drop() {
    leave();
    waiters.forEach(waiter -> waiter.onDropped().run());
  }

  private void leave() {
    backlog.shrink(bytes);
    bytes = 0;
  }
}
