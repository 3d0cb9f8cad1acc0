package io.porpoise.simulation.history;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.MasterSettings;
import io.porpoise.simulation.World;
import io.porpoise.simulation.machine.Script;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What must hold of the life of one attempt, at each commit that changes it. */
final class TaskPromises {
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(1);
  private static final Duration LATENESS = Duration.ofSeconds(10);

  /**
   * What an attempt is written with.
   *
   * @param rows all attempts of the instance, as they will be as far as they have been looked at
   * @param applied commands that go with it, refused or not
   */
  record Moment(
      Batch.InstanceChange change,
      WorkflowInstance before,
      WorkflowInstance after,
      Map<TaskInstanceId, TaskInstance> rows,
      List<Command> applied) {
    /** Whether the instance is being paused, or has just been. */
    boolean isPause() {
      return before.state() == WorkflowState.PAUSING
          || change.history().stream()
              .anyMatch(e -> e.task() == null && e.to().equals(WorkflowState.PAUSING.name()));
    }

    /** By what an attempt has come about. */
    String cause(TaskInstance task) {
      for (HistoryEntry entry : change.history()) {
        if (task.name().equals(entry.task()) && task.attempt() == entry.attempt()) {
          return entry.cause();
        }
      }
      return null;
    }
  }

  private final Truth truth;
  private final GroupPromises groups;
  private final ChildPromises children;
  private final Map<TaskInstanceId, Long> readySince = new TreeMap<>();

  TaskPromises(Truth truth, GroupPromises groups, ChildPromises children) {
    this.truth = truth;
    this.groups = groups;
    this.children = children;
  }

  /**
   * @param before null when the attempt is new
   */
  void committing(TaskInstance before, TaskInstance after, Moment moment) {
    if (before == null || before.state() != after.state()) {
      truth.world.trace(() -> line(before, after));
    }
    if (before == null) {
      isNext(after, moment);
    } else {
      staysWhatItIs(before, after, moment);
    }
    isInTime(before, after, moment);
    boolean wasOver = before != null && before.state().isTerminal();
    if (after.state().isTerminal() && !wasOver) {
      ending(before, after, moment);
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

  private void isNext(TaskInstance task, Moment moment) {
    TaskInstance former = null;
    for (TaskInstance row : moment.rows().values()) {
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
    String cause = moment.cause(task);
    truth.check(
        follows(task, former, cause),
        "a new attempt follows a failed or a lost one, or a command: %s (%s) after %s, which is %s",
        task.id(),
        cause,
        former == null ? null : former.id(),
        former == null ? null : former.state());
  }

  private static boolean follows(TaskInstance task, TaskInstance former, String cause) {
    return switch (cause) {
      case "Ready" -> task.retries() == 0 && (former == null || !former.valid());
      case "Retry" -> former.state() == TaskState.FAILED && task.retries() == former.retries() + 1;
      case "LossReplaced" ->
          former.state() == TaskState.LOST
              && task.losses() == former.losses() + 1
              && task.retries() == former.retries();
      case "Reopened" -> !former.valid() && task.retries() <= former.retries();
      default -> false;
    };
  }

  private void staysWhatItIs(TaskInstance before, TaskInstance after, Moment moment) {
    boolean isForced =
        after.state() == TaskState.FORCED_SUCCESS
            && (before.state() == TaskState.FAILED || before.state() == TaskState.KILLED)
            && moment.applied().stream()
                .anyMatch(
                    c ->
                        c.type() == Command.Type.FORCE_SUCCESS
                            && after.id().equals(c.taskInstance()));
    truth.check(
        !before.state().isTerminal() || before.state() == after.state() || isForced,
        "a terminal state never changes: %s from %s to %s",
        after.id(),
        before.state(),
        after.state());
    truth.check(
        !before.state().isTerminal() || Objects.equals(before.branch(), after.branch()),
        "a branch that has been chosen stays: %s from %s to %s",
        after.id(),
        before.branch(),
        after.branch());
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
    truth.check(
        before.child() == null || before.child().id().equals(after.child().id()),
        "an attempt keeps its child: %s",
        after.id());
  }

  /** Nothing that has a time comes before it, nor long after it once the faults have been over. */
  private void isInTime(TaskInstance before, TaskInstance after, Moment moment) {
    long now = truth.world.nanos();
    boolean wasReady = before != null && before.state() == TaskState.SUBMITTED;
    if (after.state() == TaskState.SUBMITTED && !wasReady) {
      readySince.put(after.id(), now);
    }
    if (after.state() == TaskState.DISPATCHED) {
      children.waits(after);
    }
    if (wasReady && after.state() == TaskState.DISPATCHED) {
      if (after.claim() != null) {
        groups.begins(after);
      }
      if (truth.hasRoom()) {
        long since = Math.max(readySince.get(after.id()), groups.readySince(after));
        isNotLate(since, "a ready task is dispatched soon", after);
      }
    }
    if (before == null || before.dueAt() == null || !truth.hasTrueClocks()) {
      return;
    }
    boolean isCancelled =
        after.killCause() != null
            || (after.valid() && after.state().isTerminal())
            || moment.isPause();
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
    truth.isInTime(since, LATENESS, sentence, task.name() + " " + task.id());
  }

  private void ending(TaskInstance before, TaskInstance task, Moment moment) {
    truth.check(
        !truth.alive.containsKey(task.id()),
        "no process of an attempt is alive that has ended as %s: %s",
        task.state(),
        task.id());
    truth.check(task.endTime() != null, "an ended attempt has an end time: %s", task.id());
    TaskDefinition definition = truth.definition(task);
    if (moment.before().options().dryRun()) {
      truth.check(
          task.state() == TaskState.SUCCEEDED && !truth.started.containsKey(task.id()),
          "a dry run runs nothing: %s is %s",
          task.id(),
          task.state());
      return;
    }
    switch (task.state()) {
      case SUCCEEDED -> {}
      case FAILED ->
          truth.check(
              task.exitCode() != null || task.reason() != null,
              "a failure has an exit code or a reason: %s",
              task.id());
      case KILLED -> truth.check(task.killCause() != null, "a kill has a cause: %s", task.id());
      case LOST -> truth.check(task.reason() != null, "a loss has a reason: %s", task.id());
      case PAUSED ->
          truth.check(
              moment.isPause() || LogicTasks.isSubWorkflow(definition),
              "a task is paused only when its instance is, or its child: %s",
              task.id());
      case FORCED_SUCCESS, SUBMITTED, DELAYED, DISPATCHED, RUNNING ->
          truth.check(
              task.state() == TaskState.FORCED_SUCCESS,
              "%s is no end: %s",
              task.state(),
              task.id());
    }
    if (LogicTasks.isSubWorkflow(definition)) {
      children.ending(before, task);
    } else if (LogicTasks.isDecision(definition)) {
      decided(task, definition, moment);
    } else {
      processEnded(task, definition);
      endsInTime(task, definition);
    }
  }

  private void processEnded(TaskInstance task, TaskDefinition definition) {
    Script script = truth.script(task.id());
    if (task.state() == TaskState.SUCCEEDED) {
      truth.check(
          truth.started.containsKey(task.id()) && script.succeeds(),
          "an attempt has SUCCEEDED only if its process has: %s",
          task.id());
      Map<String, String> declared = new TreeMap<>(RandomScripts.outputs(task.id()));
      declared.keySet().retainAll(definition.outputNames());
      truth.check(
          task.outputs().equals(declared),
          "the declared outputs of a success are kept, and no others: %s has %s",
          task.id(),
          task.outputs());
    }
    if (task.state() == TaskState.FAILED) {
      truth.check(
          task.exitCode() == null || task.exitCode() == script.exitCode() || hasBeenKilled(task),
          "a failure is that of its process: %s has %s",
          task.id(),
          task.exitCode());
    }
  }

  /** A condition goes the way that its predecessors say, a switch one that it has. */
  private void decided(TaskInstance task, TaskDefinition definition, Moment moment) {
    if (task.state() != TaskState.SUCCEEDED) {
      return;
    }
    Map<String, TaskInstance> valid = new TreeMap<>();
    for (TaskInstance row : moment.rows().values()) {
      if (row.valid()) {
        valid.put(row.name(), row);
      }
    }
    moment.change().tasks().stream()
        .filter(TaskInstance::valid)
        .forEach(row -> valid.put(row.name(), row));
    if (definition.taskType().equals(LogicTasks.CONDITIONS)) {
      String expected = truth.edges(moment.after(), valid).conditionsBranch(definition);
      truth.check(
          expected.equals(task.branch()),
          "a condition goes the way that its predecessors say: %s has gone %s",
          task.id(),
          task.branch());
      return;
    }
    Set<String> possible =
        Switches.possible(truth.definition(task.workflowInstanceId()), definition, valid);
    truth.check(
        possible.contains(task.branch()),
        "a switch goes the first way whose condition holds: %s has gone '%s' instead of one of %s",
        task.id(),
        task.branch(),
        possible);
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
