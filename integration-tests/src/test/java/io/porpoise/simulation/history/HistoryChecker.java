package io.porpoise.simulation.history;

import io.porpoise.definition.Edge;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.simulation.World;
import io.porpoise.simulation.machine.MachineListener;
import io.porpoise.simulation.machine.Script;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.simulation.store.SimDatabase;
import io.porpoise.store.Batch;
import io.porpoise.worker.spool.Attempt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Sees every commit and every process of a history from outside, and holds the promises against
 * them. It knows nothing of what masters and workers think. Each broken promise is one sentence.
 */
final class HistoryChecker implements MachineListener {
  private final World world;
  private final Function<TaskInstanceId, Script> scripts;
  private final Map<Long, WorkflowDefinition> definitions;
  private final Map<TaskInstanceId, SimMachine> started = new HashMap<>();
  private final Map<TaskInstanceId, Attempt> alive = new HashMap<>();
  private final Map<WorkflowInstanceId, Long> newestEpoch = new HashMap<>();
  private final Map<String, String> writers = new HashMap<>();
  private final Map<String, Long> lastSeq = new HashMap<>();
  private SimDatabase database;
  private long transitions;

  HistoryChecker(
      World world,
      Function<TaskInstanceId, Script> scripts,
      Map<Long, WorkflowDefinition> definitions) {
    this.world = world;
    this.scripts = scripts;
    this.definitions = definitions;
  }

  void watch(SimDatabase newDatabase) {
    database = newDatabase;
    database.onCommit(this::committing);
  }

  /** How many attempts have run as processes. */
  int processes() {
    return started.size();
  }

  /** How many changes of a task's state were committed. */
  long transitions() {
    return transitions;
  }

  // --- processes

  @Override
  public void started(SimMachine machine, Attempt attempt) {
    TaskInstanceId id = attempt.id();
    SimMachine before = started.put(id, machine);
    check(
        before == null,
        "a task instance id is started at most once ever: %s on %s and on %s",
        id,
        before,
        machine);
    TaskInstance row = row(attempt);
    check(row != null, "a process starts only for a durable attempt: %s", id);
    if (row == null) {
      return;
    }
    check(
        row.state().isWithWorker(),
        "a process starts only for an attempt that is with a worker: %s is %s",
        id,
        row.state());
    check(
        row.worker() != null && row.worker().value().equals(machine.host()),
        "a process starts only where its row says: %s on %s, row says %s",
        id,
        machine,
        row.worker());
    for (Attempt other : alive.values()) {
      TaskInstance otherRow = row(other);
      check(
          !other.dispatch().workflowInstance().equals(attempt.dispatch().workflowInstance())
              || otherRow == null
              || otherRow.code() != row.code(),
          "no two attempts of one task overlap as processes: %s and %s of %s",
          other.id(),
          id,
          row.name());
    }
    predecessorsHaveSucceeded(row);
    alive.put(id, attempt);
  }

  @Override
  public void gone(SimMachine machine, Attempt attempt) {
    alive.remove(attempt.id());
  }

  private void predecessorsHaveSucceeded(TaskInstance row) {
    WorkflowDefinition definition =
        definitions.get(instance(row.workflowInstanceId()).workflowId());
    for (String before : predecessors(definition, row.name())) {
      boolean hasSucceeded =
          database.tasks(row.workflowInstanceId()).stream()
              .anyMatch(
                  task -> task.valid() && task.name().equals(before) && task.state().isSuccess());
      check(
          hasSucceeded,
          "a task starts only after its predecessors have succeeded: %s before %s of %s",
          row.name(),
          before,
          row.workflowInstanceId());
    }
  }

  /**
   * The tasks that a task waits for; in the place of a forbidden one those that it would wait for.
   */
  private static Set<String> predecessors(WorkflowDefinition definition, String task) {
    Set<String> found = new java.util.TreeSet<>();
    for (Edge edge : definition.edges()) {
      if (edge.to().equals(task)) {
        if (task(definition, edge.from()).forbidden()) {
          found.addAll(predecessors(definition, edge.from()));
        } else {
          found.add(edge.from());
        }
      }
    }
    return found;
  }

  private static TaskDefinition task(WorkflowDefinition definition, String name) {
    return definition.tasks().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  // --- commits

  private void committing(Batch batch) {
    String writer = batch.node() + "/" + batch.incarnation();
    String shard = writer + "/" + batch.shard();
    long last = lastSeq.getOrDefault(shard, 0L);
    check(
        batch.seq() > last,
        "batches are committed once and in order: %s of %s after %s",
        batch.seq(),
        shard,
        last);
    lastSeq.put(shard, batch.seq());
    for (Batch.InstanceChange change : batch.changes()) {
      Long epoch = batch.guards().get(change.id().slot());
      check(epoch != null, "a batch guards every slot that it writes for: %s", change.id());
      if (epoch == null) {
        continue;
      }
      String former = writers.putIfAbsent(change.id().slot() + "@" + epoch, writer);
      check(
          former == null || former.equals(writer),
          "at most one owner writes at an epoch: %s and %s for %s",
          former,
          writer,
          change.id());
      check(
          epoch >= newestEpoch.getOrDefault(change.id(), 0L),
          "no former owner writes: epoch %s for %s",
          epoch,
          change.id());
      newestEpoch.put(change.id(), epoch);
      committing(change);
    }
  }

  private void committing(Batch.InstanceChange change) {
    WorkflowInstance before = instance(change.id());
    check(before != null, "only instances that exist are written: %s", change.id());
    boolean isRefusal = change.instance() == null && change.tasks().isEmpty();
    check(
        isRefusal || !before.isFinished(),
        "a finished instance never changes: %s is %s",
        change.id(),
        before.state());
    Map<TaskInstanceId, TaskInstance> rows = new java.util.TreeMap<>();
    database.tasks(change.id()).forEach(task -> rows.put(task.id(), task));
    for (TaskInstance task : change.tasks()) {
      committing(rows.get(task.id()), task);
      rows.put(task.id(), task);
    }
    Map<String, TaskInstance> valid = new HashMap<>();
    for (TaskInstance task : rows.values()) {
      if (task.valid()) {
        TaskInstance other = valid.put(task.name(), task);
        check(
            other == null,
            "one attempt of a task is valid: %s and %s",
            task.id(),
            other == null ? null : other.id());
      }
    }
    if (change.instance() != null) {
      committing(before, change.instance(), valid);
    }
  }

  private void committing(TaskInstance before, TaskInstance after) {
    if (before == null || before.state() != after.state()) {
      transitions++;
      world.trace(
          () ->
              "commit: "
                  + after.workflowInstanceId()
                  + " "
                  + after.name()
                  + " #"
                  + after.id()
                  + " attempt "
                  + after.attempt()
                  + ": "
                  + (before == null ? "new" : before.state())
                  + " -> "
                  + after.state()
                  + (after.worker() == null ? "" : " on " + after.worker())
                  + (after.killCause() == null ? "" : " kill " + after.killCause())
                  + (after.reason() == null ? "" : " (" + after.reason() + ")"));
    }
    if (before != null) {
      check(
          !before.state().isTerminal() || before.state() == after.state(),
          "a terminal state never changes: %s from %s to %s",
          after.id(),
          before.state(),
          after.state());
      check(before.valid() || !after.valid(), "an invalid attempt stays invalid: %s", after.id());
      check(
          before.code() == after.code() && before.attempt() == after.attempt(),
          "an attempt stays what it is: %s",
          after.id());
    }
    if (after.state().isTerminal() && (before == null || !before.state().isTerminal())) {
      ending(after);
    }
  }

  private void ending(TaskInstance task) {
    Script script = scripts.apply(task.id());
    check(
        !alive.containsKey(task.id()),
        "no process of an attempt is alive that has ended as %s: %s",
        task.state(),
        task.id());
    check(task.endTime() != null, "an ended attempt has an end time: %s", task.id());
    switch (task.state()) {
      case SUCCEEDED -> {
        check(
            started.containsKey(task.id()) && script.succeeds(),
            "an attempt has SUCCEEDED only if its process has: %s",
            task.id());
        boolean declares =
            task(definitions.get(instance(task.workflowInstanceId()).workflowId()), task.name())
                .outputNames()
                .contains(RandomWorkflows.OUTPUT);
        check(
            task.outputs()
                .equals(declares ? Map.of(RandomWorkflows.OUTPUT, "by " + task.id()) : Map.of()),
            "the declared outputs of a success are kept, and no others: %s has %s",
            task.id(),
            task.outputs());
      }
      case FAILED ->
          check(
              task.exitCode() != null || task.reason() != null,
              "a failure has an exit code or a reason: %s",
              task.id());
      case KILLED -> check(task.killCause() != null, "a killed attempt has a cause: %s", task.id());
      case LOST -> check(task.reason() != null, "a lost attempt has a reason: %s", task.id());
      case FORCED_SUCCESS, PAUSED ->
          world.fail("nobody has asked for " + task.state() + ": " + task.id());
      case SUBMITTED, DELAYED, DISPATCHED, RUNNING ->
          throw new IllegalStateException("not terminal");
    }
  }

  private void committing(
      WorkflowInstance before, WorkflowInstance after, Map<String, TaskInstance> valid) {
    if (before.state() != after.state()) {
      world.trace(
          () ->
              "commit: "
                  + after.id()
                  + ": "
                  + before.state()
                  + " -> "
                  + after.state()
                  + (after.reason() == null ? "" : " (" + after.reason() + ")"));
    }
    if (!after.isFinished()) {
      return;
    }
    for (TaskInstance task : valid.values()) {
      check(
          task.state().isTerminal() && !task.isRetryWaiting(),
          "an instance ends only when all of its tasks have: %s in %s is %s",
          task.name(),
          after.id(),
          task.state());
    }
    WorkflowDefinition definition = definitions.get(after.workflowId());
    boolean failed = valid.values().stream().anyMatch(task -> task.state() == TaskState.FAILED);
    if (after.state() == WorkflowState.SUCCEEDED) {
      for (TaskDefinition task : definition.tasks()) {
        check(
            task.forbidden()
                || (valid.containsKey(task.name()) && valid.get(task.name()).state().isSuccess()),
            "an instance has SUCCEEDED only if every task has: %s of %s",
            task.name(),
            after.id());
      }
    } else if (after.state() == WorkflowState.FAILED) {
      check(failed, "an instance has FAILED only if a task has: %s", after.id());
    }
    check(
        after.state() == WorkflowState.SUCCEEDED || after.reason() != null,
        "an instance that did not succeed says why: %s",
        after.id());
  }

  // --- the end

  /** After the time without faults: everything has ended. */
  void atTheEnd(List<WorkflowInstanceId> accepted, List<SimMachine> machines) {
    for (WorkflowInstanceId id : accepted) {
      check(instance(id) != null, "an acknowledged start is never lost: %s", id);
    }
    for (WorkflowInstance instance : database.instances()) {
      check(
          instance.isFinished(),
          "after the faults stop, everything ends: %s is %s, its tasks %s",
          instance.id(),
          instance.state(),
          unfinished(instance.id()));
    }
    check(database.commands().isEmpty(), "every command is applied: %s", database.commands());
    for (SimMachine machine : machines) {
      check(
          machine.alive().isEmpty(),
          "no process is left behind: %s on %s",
          machine.alive(),
          machine);
      check(
          machine.unreleased().isEmpty(),
          "every end is acknowledged: %s on %s",
          machine.unreleased(),
          machine);
    }
  }

  private List<String> unfinished(WorkflowInstanceId id) {
    List<String> found = new ArrayList<>();
    for (TaskInstance task : database.tasks(id)) {
      if (task.valid()) {
        found.add(
            task.name()
                + " #"
                + task.id()
                + " "
                + task.state()
                + (task.isKilling() ? " (killing)" : "")
                + " on "
                + task.worker());
      }
    }
    return found;
  }

  private WorkflowInstance instance(WorkflowInstanceId id) {
    return database.instance(id).orElse(null);
  }

  private TaskInstance row(Attempt attempt) {
    return database.tasks(attempt.dispatch().workflowInstance()).stream()
        .filter(task -> task.id().equals(attempt.id()))
        .findFirst()
        .orElse(null);
  }

  private void check(boolean holds, String sentence, Object... about) {
    if (!holds) {
      world.fail(String.format(sentence, about));
    }
  }
}
