package io.porpoise.simulation.history;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Batch;
import io.porpoise.store.Command;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold at the moment of a commit: who writes, and what becomes of the rows. */
final class BatchPromises {
  private final Truth truth;
  private final TaskPromises tasks;
  private final InstancePromises instances;
  private final CommandPromises commands;
  private final TransitionPromises transitions;
  private final SerialPromises serial;
  private final ChildPromises children;
  private final Map<WorkflowInstanceId, Long> newestEpoch = new TreeMap<>();
  private final Map<String, String> writers = new TreeMap<>();
  private final Map<String, Long> lastSeq = new TreeMap<>();

  BatchPromises(Truth truth, SerialPromises serial, GroupPromises groups) {
    this.truth = truth;
    this.serial = serial;
    commands = new CommandPromises(truth);
    transitions = new TransitionPromises(truth);
    instances = new InstancePromises(truth, commands);
    children = new ChildPromises(truth);
    tasks = new TaskPromises(truth, groups, children);
  }

  InstancePromises instances() {
    return instances;
  }

  ChildPromises children() {
    return children;
  }

  /** The tables are still as they were before. */
  void committing(Batch batch) {
    String writer = batch.node() + "/" + batch.incarnation();
    String shard = writer + "/" + batch.shard();
    long last = lastSeq.getOrDefault(shard, 0L);
    truth.check(
        batch.seq() > last,
        "batches are committed once and in order: %s of %s after %s",
        batch.seq(),
        shard,
        last);
    lastSeq.put(shard, batch.seq());
    for (Batch.InstanceChange change : batch.changes()) {
      Long epoch = batch.guards().get(change.id().slot());
      truth.check(epoch != null, "a batch guards every slot that it writes for: %s", change.id());
      if (epoch != null) {
        hasRight(writer, epoch, change.id());
        committing(change);
      }
    }
  }

  private void hasRight(String writer, long epoch, WorkflowInstanceId id) {
    String former = writers.putIfAbsent(id.slot() + "@" + epoch, writer);
    truth.check(
        former == null || former.equals(writer),
        "at most one owner writes at an epoch: %s and %s for %s",
        former,
        writer,
        id);
    truth.check(
        epoch >= newestEpoch.getOrDefault(id, 0L),
        "no former owner writes: epoch %s for %s",
        epoch,
        id);
    newestEpoch.put(id, epoch);
  }

  private void committing(Batch.InstanceChange change) {
    WorkflowInstance before = truth.instance(change.id());
    truth.check(before != null, "only instances that exist are written: %s", change.id());
    WorkflowInstance after = change.instance() == null ? before : change.instance();
    transitions.committing(change, before);
    Map<TaskInstanceId, TaskInstance> rows = new TreeMap<>();
    truth.database.tasks(change.id()).forEach(task -> rows.put(task.id(), task));
    Map<TaskInstanceId, TaskInstance> former = new TreeMap<>(rows);
    change.tasks().forEach(task -> rows.put(task.id(), task));
    List<Command> applied = commands.committing(change, before, after, rows);
    if (before.isFinished()) {
      mayChange(change, before, applied);
    }
    TaskPromises.Moment moment = new TaskPromises.Moment(change, before, after, former, applied);
    for (TaskInstance task : change.tasks()) {
      tasks.committing(former.get(task.id()), task, moment);
      former.put(task.id(), task);
    }
    Map<String, TaskInstance> valid = valid(rows.values());
    if (change.instance() != null || !change.tasks().isEmpty()) {
      instances.committing(change, before, after, valid);
    }
    serial.committing(before, after);
    children.committing(change, before, after);
  }

  /** The only ways to go on from an end. */
  private void mayChange(
      Batch.InstanceChange change, WorkflowInstance before, List<Command> applied) {
    boolean isReopened =
        change.history().stream()
            .anyMatch(e -> e.task() == null && e.cause().equals("ReopenRequested"));
    boolean isForced = applied.stream().anyMatch(c -> c.type() == Command.Type.FORCE_SUCCESS);
    boolean isUntouched = change.instance() == null && change.tasks().isEmpty();
    truth.check(
        isReopened || isUntouched || (isForced && change.instance() == null),
        "a finished instance changes only when somebody sets it going or forces a success:"
            + " %s is %s",
        change.id(),
        before.state());
    truth.check(
        !isReopened || !applied.isEmpty(),
        "an instance is set going by a command: %s",
        change.id());
  }

  private Map<String, TaskInstance> valid(Iterable<TaskInstance> rows) {
    Map<String, TaskInstance> valid = new TreeMap<>();
    for (TaskInstance task : rows) {
      TaskInstance other = task.valid() ? valid.put(task.name(), task) : null;
      truth.check(
          other == null,
          "one attempt of a task is valid: %s and %s",
          task.id(),
          other == null ? null : other.id());
    }
    return valid;
  }
}
