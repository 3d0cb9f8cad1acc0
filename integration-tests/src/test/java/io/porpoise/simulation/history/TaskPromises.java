package io.porpoise.simulation.history;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.master.MasterSettings;
import io.porpoise.simulation.World;
import io.porpoise.simulation.machine.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What must hold of the life of one attempt, at each commit that changes it. */
final class TaskPromises {
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(1);
  private static final Duration LATENESS = Duration.ofSeconds(10);

  private final Truth truth;
  private final Map<TaskInstanceId, Long> readySince = new TreeMap<>();

  TaskPromises(Truth truth) {
    this.truth = truth;
  }

  /**
   * @param before null when the attempt is new
   * @param rows all attempts of the instance
   */
  void committing(TaskInstance before, TaskInstance after, Map<TaskInstanceId, TaskInstance> rows) {
    if (before == null || before.state() != after.state()) {
      truth.world.trace(() -> line(before, after));
    }
    if (before == null) {
      isNext(after, rows);
    } else {
      staysWhatItIs(before, after);
    }
    isInTime(before, after);
    if (after.state().isTerminal() && (before == null || !before.state().isTerminal())) {
      ending(after);
    }
  }

  private static String line(TaskInstance before, TaskInstance after) {
    return "commit: "
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
        + (after.reason() == null ? "" : " (" + after.reason() + ")");
  }

  private void isNext(TaskInstance task, Map<TaskInstanceId, TaskInstance> rows) {
    TaskInstance former = null;
    for (TaskInstance row : rows.values()) {
      if (row.code() == task.code() && (former == null || row.attempt() > former.attempt())) {
        former = row;
      }
    }
    truth.check(
        task.attempt() == (former == null ? 1 : former.attempt() + 1),
        "attempts are counted without gaps: %s is attempt %s",
        task.id(),
        task.attempt());
    truth.check(
        task.retries() <= truth.definition(task).failRetryTimes(),
        "a task is not retried more often than it says: %s has %s",
        task.id(),
        task.retries());
    truth.check(
        task.losses() <= MasterSettings.DEFAULTS.lostReplacementsMax(),
        "a lost attempt is not replaced for ever: %s has %s losses",
        task.id(),
        task.losses());
    if (former != null) {
      boolean isRetry = former.state() == TaskState.FAILED;
      truth.check(
          (isRetry || former.state() == TaskState.LOST)
              && task.retries() == former.retries() + (isRetry ? 1 : 0),
          "a new attempt follows a failed or a lost one: %s after %s, which is %s",
          task.id(),
          former.id(),
          former.state());
    }
  }

  private void staysWhatItIs(TaskInstance before, TaskInstance after) {
    truth.check(
        !before.state().isTerminal() || before.state() == after.state(),
        "a terminal state never changes: %s from %s to %s",
        after.id(),
        before.state(),
        after.state());
    truth.check(
        before.valid() || !after.valid(), "an invalid attempt stays invalid: %s", after.id());
    truth.check(
        before.code() == after.code() && before.attempt() == after.attempt(),
        "an attempt stays what it is: %s",
        after.id());
    truth.check(
        !before.isKilling() || after.killCause() == before.killCause(),
        "a kill is not taken back: %s",
        after.id());
  }

  /** Nothing that has a time comes before it, nor long after it once the faults have been over. */
  private void isInTime(TaskInstance before, TaskInstance after) {
    long now = truth.world.nanos();
    boolean wasReady = before != null && before.state() == TaskState.SUBMITTED;
    if (after.state() == TaskState.SUBMITTED && !wasReady) {
      readySince.put(after.id(), now);
    }
    if (wasReady && after.state() == TaskState.DISPATCHED) {
      isNotLate(readySince.get(after.id()), "a ready task is dispatched soon", after);
    }
    if (before == null || before.dueAt() == null || !truth.hasTrueClocks()) {
      return;
    }
    boolean isCancelled =
        after.killCause() != null || (after.valid() && after.state().isTerminal());
    if (after.dueAt() == null && !isCancelled) {
      long due = Duration.between(World.GENESIS, before.dueAt()).toNanos();
      truth.check(
          now >= due - CLOCK_ERROR.toNanos(),
          "a delay or a retry is waited for: %s is due at %s",
          after.id(),
          before.dueAt());
      isNotLate(due, "a delay or a retry ends in time", after);
    }
  }

  private void isNotLate(long since, String sentence, TaskInstance task) {
    if (truth.settledAt() == Long.MAX_VALUE) {
      return;
    }
    long late = truth.world.nanos() - Math.max(since, truth.settledAt());
    truth.check(
        late <= LATENESS.toNanos(),
        "%s: %s %s is %s late",
        sentence,
        task.name(),
        task.id(),
        Duration.ofNanos(late));
  }

  private void ending(TaskInstance task) {
    Script script = truth.script(task.id());
    truth.check(
        !truth.alive.containsKey(task.id()),
        "no process of an attempt is alive that has ended as %s: %s",
        task.state(),
        task.id());
    truth.check(task.endTime() != null, "an ended attempt has an end time: %s", task.id());
    TaskDefinition definition = truth.definition(task);
    switch (task.state()) {
      case SUCCEEDED -> {
        truth.check(
            truth.started.containsKey(task.id()) && script.succeeds(),
            "an attempt has SUCCEEDED only if its process has: %s",
            task.id());
        boolean declares = definition.outputNames().contains(RandomWorkflows.OUTPUT);
        truth.check(
            task.outputs()
                .equals(declares ? Map.of(RandomWorkflows.OUTPUT, "by " + task.id()) : Map.of()),
            "the declared outputs of a success are kept, and no others: %s has %s",
            task.id(),
            task.outputs());
      }
      case FAILED -> {
        truth.check(
            task.exitCode() != null || task.reason() != null,
            "a failure has an exit code or a reason: %s",
            task.id());
        truth.check(
            task.exitCode() == null || task.exitCode() == script.exitCode() || hasBeenKilled(task),
            "a failure is that of its process: %s has %s",
            task.id(),
            task.exitCode());
      }
      case KILLED -> truth.check(task.killCause() != null, "a kill has a cause: %s", task.id());
      case LOST -> truth.check(task.reason() != null, "a loss has a reason: %s", task.id());
      case FORCED_SUCCESS, PAUSED ->
          truth.world.fail("nobody has asked for " + task.state() + ": " + task.id());
      case SUBMITTED, DELAYED, DISPATCHED, RUNNING ->
          throw new IllegalStateException("not terminal");
    }
    endsInTime(task, definition);
  }

  private static boolean hasBeenKilled(TaskInstance task) {
    return task.killCause() != null;
  }

  private void endsInTime(TaskInstance task, TaskDefinition definition) {
    if (definition.timeout() == null
        || definition.timeoutStrategy() == TimeoutStrategy.WARN
        || !truth.hasTrueClocks()) {
      return;
    }
    Instant latest =
        task.submitTime().plus(definition.timeout()).plus(MasterSettings.DEFAULTS.killGrace());
    long due = Duration.between(World.GENESIS, latest).toNanos();
    isNotLate(due, "a task that takes too long is ended", task);
  }
}
