package io.porpoise.simulation.history;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.HistoryEntry;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold when an instance changes, above all when it ends. */
final class InstancePromises {
  private final Truth truth;
  private final CommandPromises commands;
  private final Map<WorkflowInstanceId, TreeSet<Long>> ends = new TreeMap<>();

  InstancePromises(Truth truth, CommandPromises commands) {
    this.truth = truth;
    this.commands = commands;
  }

  /**
   * When its first end from then on was committed, in nanoseconds of the world; null: there was
   * none.
   */
  Long endedAt(WorkflowInstanceId id, long from) {
    return ends.getOrDefault(id, new TreeSet<>()).ceiling(from);
  }

  void committing(
      Batch.InstanceChange change,
      WorkflowInstance before,
      WorkflowInstance after,
      Map<String, TaskInstance> valid) {
    WorkflowState last = before.state();
    for (HistoryEntry entry : change.history()) {
      if (entry.task() == null && !TransitionPromises.REFUSED.equals(entry.to())) {
        last = WorkflowState.valueOf(entry.from());
        truth.world.trace(() -> line(after, entry));
      }
    }
    Edges edges = truth.edges(after, valid);
    for (TaskInstance task : valid.values()) {
      hasRightToBe(task, edges);
    }
    if (after.isFinished() && change.instance() != null) {
      ends.computeIfAbsent(after.id(), id -> new TreeSet<>()).add(truth.world.nanos());
      boolean isForcedSince =
          change.history().stream()
              .anyMatch(entry -> TaskState.FORCED_SUCCESS.name().equals(entry.to()));
      ending(after, last, valid, isForcedSince ? null : edges);
    }
  }

  private static String line(WorkflowInstance after, HistoryEntry entry) {
    return "commit: "
        + after.id()
        + ": "
        + entry.from()
        + " -> "
        + entry.to()
        + " ("
        + entry.cause()
        + " by "
        + entry.actor()
        + ")"
        + (after.reason() == null ? "" : " (" + after.reason() + ")");
  }

  private void hasRightToBe(TaskInstance task, Edges edges) {
    TaskDefinition definition = truth.definition(task);
    truth.check(!definition.forbidden(), "a forbidden task has no instance: %s", task.id());
    truth.check(
        edges.fate(task.name()) == Edges.Fate.READY,
        "a task has an instance only if its edges let it run: %s %s of %s is %s",
        task.name(),
        task.id(),
        task.workflowInstanceId(),
        edges.fate(task.name()));
  }

  /**
   * @param last the state from which it has ended
   * @param edges null when tasks are not any more as they were at its end
   */
  private void ending(
      WorkflowInstance after, WorkflowState last, Map<String, TaskInstance> valid, Edges edges) {
    for (TaskInstance task : valid.values()) {
      truth.check(
          task.state().isTerminal() && !task.isRetryWaiting(),
          "an instance ends only when all of its tasks have: %s in %s is %s",
          task.name(),
          after.id(),
          task.state());
    }
    truth.check(
        after.state() == WorkflowState.SUCCEEDED || after.reason() != null,
        "an instance that did not succeed says why: %s",
        after.id());
    if (last == WorkflowState.SUBMITTED || last == WorkflowState.SERIAL_WAIT) {
      truth.check(
          after.state() == WorkflowState.STOPPED
              || (last == WorkflowState.SERIAL_WAIT && after.state() == WorkflowState.PAUSED),
          "what has not begun can only be stopped, or paused in its queue: %s",
          after.id());
      return;
    }
    if (edges == null) {
      return;
    }
    truth.check(
        after.state() == edges.end(last),
        "an instance ends as its tasks have: %s is %s instead of %s, after %s",
        after.id(),
        after.state(),
        edges.end(last),
        last);
    if (last == WorkflowState.RUNNING) {
      nothingIsForgotten(after, valid, edges);
    }
  }

  /** What could run has run, and what may be retried has been. */
  private void nothingIsForgotten(
      WorkflowInstance after, Map<String, TaskInstance> valid, Edges edges) {
    boolean isEnded =
        truth.endsOnFailure(after)
            && (edges.hasUnmet(TaskState.FAILED) || edges.hasUnmet(TaskState.KILLED));
    for (TaskDefinition task : truth.definition(after.id()).tasks()) {
      truth.check(
          isEnded || !edges.isStillToCome(task),
          "a task whose edges are open is run: %s of %s",
          task.name(),
          after.id());
    }
    for (TaskInstance row : valid.values()) {
      boolean mayBeRetried =
          row.state() == TaskState.FAILED
              && row.killCause() == null
              && !commands.isKilledByHand(row.id())
              && row.exitCode() != null
              && row.retries() < truth.definition(row).failRetryTimes();
      truth.check(
          isEnded || !mayBeRetried, "a failed task is retried as often as it says: %s", row.id());
    }
  }
}
