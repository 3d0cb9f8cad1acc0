package io.porpoise.simulation.history;

import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must hold when commands are applied: each goes once, with its effect or with a refusal. */
final class CommandPromises {
  private final Truth truth;
  private final Set<TaskInstanceId> killedByHand = new TreeSet<>();

  CommandPromises(Truth truth) {
    this.truth = truth;
  }

  boolean isKilledByHand(TaskInstanceId task) {
    return killedByHand.contains(task);
  }

  /**
   * @param after the instance's row as it will be
   * @param rows all attempts as they will be
   * @return the commands, refused or not
   */
  List<Command> committing(
      Batch.InstanceChange change,
      WorkflowInstance before,
      WorkflowInstance after,
      Map<TaskInstanceId, TaskInstance> rows) {
    List<Command> applied = new ArrayList<>();
    List<Command> accepted = new ArrayList<>();
    for (long id : change.appliedCommands()) {
      Command command = truth.database.command(id).orElse(null);
      truth.check(command != null, "a command is applied once: %s of %s", id, change.id());
      if (command == null) {
        continue;
      }
      applied.add(command);
      if (isRefused(command, change)) {
        truth.check(
            mayBeRefused(command, change, before, rows),
            "a command is refused only when there is nothing for it to do: %s while %s is %s",
            command,
            change.id(),
            before.state());
      } else {
        accepted.add(command);
        if (command.type() == Command.Type.KILL_TASK) {
          killedByHand.add(command.taskInstance());
        }
      }
    }
    for (Command command : accepted) {
      truth.check(
          hasTakenEffect(command, change, after, rows),
          "a command goes only with its effect, or is refused in the history: %s while %s is %s",
          command,
          change.id(),
          after.state());
    }
    return applied;
  }

  /** Of several alike in one batch some may be refused: what they did must have been done once. */
  private static boolean isRefused(Command command, Batch.InstanceChange change) {
    return change.history().stream()
        .anyMatch(
            e ->
                TransitionPromises.REFUSED.equals(e.to())
                    && e.cause().equals(command.type().name()));
  }

  private static boolean mayBeRefused(
      Command command,
      Batch.InstanceChange change,
      WorkflowInstance before,
      Map<TaskInstanceId, TaskInstance> rows) {
    if (command.round() > 0 && command.round() != before.round()) {
      return true; // it was recorded twice
    }
    if (change.history().stream().anyMatch(CommandPromises::isOfInstance)) {
      return command.type() != Command.Type.STOP; // it was something else in between
    }
    TaskInstance task = command.taskInstance() == null ? null : rows.get(command.taskInstance());
    return switch (command.type()) {
      case STOP -> false;
      case PAUSE -> before.state() != WorkflowState.RUNNING;
      case RESUME -> !Reopening.RESUME.isPossibleIn(before.state());
      case RERUN -> !Reopening.RERUN.isPossibleIn(before.state());
      case RECOVER_FAILED -> !Reopening.RECOVER_FAILED.isPossibleIn(before.state());
      case KILL_TASK -> isPast(task);
      case FORCE_SUCCESS -> !before.isFinished() || !isBad(task);
    };
  }

  private static boolean isOfInstance(HistoryEntry entry) {
    return entry.task() == null && !TransitionPromises.REFUSED.equals(entry.to());
  }

  private static boolean hasTakenEffect(
      Command command,
      Batch.InstanceChange change,
      WorkflowInstance after,
      Map<TaskInstanceId, TaskInstance> rows) {
    boolean isReopened = change.history().stream().anyMatch(CommandPromises::isReopening);
    return switch (command.type()) {
      case STOP -> after.state() == WorkflowState.STOPPING || after.isFinished() || isReopened;
      case PAUSE ->
          after.state() == WorkflowState.STOPPING
              || after.state() == WorkflowState.PAUSING
              || after.isFinished()
              || isReopened;
      case RESUME, RERUN, RECOVER_FAILED -> isReopened;
      case KILL_TASK -> isPast(rows.get(command.taskInstance()));
      case FORCE_SUCCESS -> rows.get(command.taskInstance()).state() == TaskState.FORCED_SUCCESS;
    };
  }

  private static boolean isReopening(HistoryEntry entry) {
    return entry.task() == null && entry.cause().equals("ReopenRequested");
  }

  /** Of an attempt whose place another has taken nothing is left to be killed. */
  private static boolean isPast(TaskInstance task) {
    return task == null
        || !task.valid()
        || task.isKilling()
        || (task.state().isTerminal() && !task.isRetryWaiting());
  }

  private static boolean isBad(TaskInstance task) {
    return task != null
        && task.valid()
        && (task.state() == TaskState.FAILED || task.state() == TaskState.KILLED);
  }
}
