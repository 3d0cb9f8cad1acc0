package io.porpoise.simulation.history;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch;
import io.porpoise.store.Command;
import java.util.Map;
import java.util.TreeMap;

/** What must hold at the moment of a commit: who writes, and what becomes of the rows. */
final class BatchPromises {
  private static final String REFUSED = "REFUSED";

  private final Truth truth;
  private final TaskPromises tasks;
  private final InstancePromises instances;
  private final Map<WorkflowInstanceId, Long> newestEpoch = new TreeMap<>();
  private final Map<String, String> writers = new TreeMap<>();
  private final Map<String, Long> lastSeq = new TreeMap<>();

  BatchPromises(Truth truth, TaskPromises tasks, InstancePromises instances) {
    this.truth = truth;
    this.tasks = tasks;
    this.instances = instances;
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
    boolean isRefusal = change.instance() == null && change.tasks().isEmpty();
    truth.check(
        isRefusal || !before.isFinished(),
        "a finished instance never changes: %s is %s",
        change.id(),
        before.state());
    Map<TaskInstanceId, TaskInstance> rows = new TreeMap<>();
    truth.database.tasks(change.id()).forEach(task -> rows.put(task.id(), task));
    for (TaskInstance task : change.tasks()) {
      tasks.committing(rows.get(task.id()), task, rows);
      rows.put(task.id(), task);
    }
    Map<String, TaskInstance> valid = new TreeMap<>();
    for (TaskInstance task : rows.values()) {
      TaskInstance other = task.valid() ? valid.put(task.name(), task) : null;
      truth.check(
          other == null, "one attempt of a task is valid: %s and %s", task.id(), idOf(other));
    }
    WorkflowInstance after = change.instance() == null ? before : change.instance();
    for (long id : change.appliedCommands()) {
      applied(id, change, after, rows);
    }
    if (change.instance() != null) {
      instances.committing(before, after, valid);
    }
  }

  private static TaskInstanceId idOf(TaskInstance task) {
    return task == null ? null : task.id();
  }

  private void applied(
      long id,
      Batch.InstanceChange change,
      WorkflowInstance instance,
      Map<TaskInstanceId, TaskInstance> rows) {
    Command command = truth.database.command(id).orElse(null);
    truth.check(command != null, "a command is applied once: %s of %s", id, change.id());
    boolean isRefused =
        command != null
            && change.history().stream()
                .anyMatch(e -> REFUSED.equals(e.to()) && e.cause().equals(command.type().name()));
    truth.check(
        !isRefused || mayBeRefused(command, rows),
        "a stop is never refused, a kill only when nothing is left to be killed: %s while %s is %s",
        command,
        change.id(),
        instance.state());
    if (command == null || isRefused) {
      return;
    }
    if (command.type() == Command.Type.KILL_TASK) {
      instances.killedByHand(command.taskInstance());
    }
    truth.check(
        hasTakenEffect(command, instance, rows),
        "a command goes only with its effect, or is refused in the history: %s while %s is %s",
        command,
        change.id(),
        instance.state());
  }

  private static boolean hasTakenEffect(
      Command command, WorkflowInstance instance, Map<TaskInstanceId, TaskInstance> rows) {
    return switch (command.type()) {
      case STOP -> instance.state() == WorkflowState.STOPPING || instance.isFinished();
      case KILL_TASK -> isPast(rows.get(command.taskInstance()));
      case PAUSE, RESUME, RERUN, RECOVER_FAILED, FORCE_SUCCESS -> false;
    };
  }

  private static boolean mayBeRefused(Command command, Map<TaskInstanceId, TaskInstance> rows) {
    return command.type() == Command.Type.KILL_TASK && isPast(rows.get(command.taskInstance()));
  }

  /** Of an attempt whose place another has taken nothing is left to be killed. */
  private static boolean isPast(TaskInstance task) {
    return task == null || !task.valid() || task.isKilling() || isClosed(task);
  }

  private static boolean isClosed(TaskInstance task) {
    return task.state().isTerminal() && !task.isRetryWaiting();
  }
}
