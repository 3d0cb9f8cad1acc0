package io.porpoise.simulation.history;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold when an instance changes, above all when it ends. */
final class InstancePromises {
  private final Truth truth;
  private final Map<WorkflowInstanceId, Long> endedAt = new TreeMap<>();
  private final Set<TaskInstanceId> killedByHand = new TreeSet<>();

  InstancePromises(Truth truth) {
    this.truth = truth;
  }

  /** When its end was committed, in nanoseconds of the world; null before. */
  Long endedAt(WorkflowInstanceId id) {
    return endedAt.get(id);
  }

  void killedByHand(TaskInstanceId task) {
    killedByHand.add(task);
  }

  void committing(
      WorkflowInstance before, WorkflowInstance after, Map<String, TaskInstance> valid) {
    if (before.state() != after.state()) {
      truth.world.trace(
          () ->
              "commit: "
                  + after.id()
                  + ": "
                  + before.state()
                  + " -> "
                  + after.state()
                  + (after.reason() == null ? "" : " (" + after.reason() + ")"));
    }
    if (after.isFinished()) {
      endedAt.put(after.id(), truth.world.nanos());
      ending(after, valid);
    }
  }

  private void ending(WorkflowInstance after, Map<String, TaskInstance> valid) {
    for (TaskInstance task : valid.values()) {
      truth.check(
          task.state().isTerminal() && !task.isRetryWaiting(),
          "an instance ends only when all of its tasks have: %s in %s is %s",
          task.name(),
          after.id(),
          task.state());
    }
    WorkflowDefinition definition = truth.definition(after.id());
    if (after.state() == WorkflowState.SUCCEEDED) {
      allHaveSucceeded(definition, after.id(), valid);
    } else if (after.state() == WorkflowState.FAILED) {
      truth.check(
          valid.values().stream().anyMatch(task -> task.state() == TaskState.FAILED),
          "an instance has FAILED only if a task has: %s",
          after.id());
    }
    truth.check(
        after.state() == WorkflowState.SUCCEEDED || after.reason() != null,
        "an instance that did not succeed says why: %s",
        after.id());
    if (after.state() == WorkflowState.FAILED
        && definition.failureStrategy() == FailureStrategy.CONTINUE) {
      nothingIsForgotten(definition, after.id(), valid);
    }
  }

  private void allHaveSucceeded(
      WorkflowDefinition definition, WorkflowInstanceId id, Map<String, TaskInstance> valid) {
    for (TaskDefinition task : definition.tasks()) {
      TaskInstance row = valid.get(task.name());
      truth.check(
          task.forbidden() || (row != null && row.state().isSuccess()),
          "an instance has SUCCEEDED only if every task has: %s of %s",
          task.name(),
          id);
    }
  }

  /** What could run has run, and what may be retried has been. */
  private void nothingIsForgotten(
      WorkflowDefinition definition, WorkflowInstanceId id, Map<String, TaskInstance> valid) {
    if (truth.instance(id).state() == WorkflowState.STOPPING) {
      return;
    }
    for (TaskDefinition task : definition.tasks()) {
      boolean isReady =
          Truth.predecessors(definition, task.name()).stream()
              .allMatch(name -> valid.containsKey(name) && valid.get(name).state().isSuccess());
      truth.check(
          task.forbidden() || !isReady || valid.containsKey(task.name()),
          "a task whose predecessors have succeeded is run: %s of %s",
          task.name(),
          id);
    }
    for (TaskInstance row : valid.values()) {
      boolean mayBeRetried =
          row.state() == TaskState.FAILED
              && row.killCause() == null
              && !killedByHand.contains(row.id())
              && row.exitCode() != null
              && row.retries() < Truth.task(definition, row.name()).failRetryTimes();
      truth.check(!mayBeRetried, "a failed task is retried as often as it says: %s", row.id());
    }
  }
}
