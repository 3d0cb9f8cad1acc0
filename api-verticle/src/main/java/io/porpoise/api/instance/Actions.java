package io.porpoise.api.instance;

import io.porpoise.api.http.Problem;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.Discarded;
import io.porpoise.store.InstanceIntake.NoInstance;
import io.porpoise.store.InstanceIntake.WishOutcome;

/**
 * Which action is possible in which state. The owner decides again when it applies the command;
 * what it finds impossible by then changes nothing.
 */
final class Actions {
  private Actions() {}

  /** Whether a command is on its way, or why there cannot be one. */
  static void check(WishOutcome outcome, WorkflowInstanceId instance) {
    if (outcome instanceof Discarded discarded) {
      throw Problem.conflict(
          "SERIAL_DISCARD",
          "The workflow runs one instance at a time and discards others: workflow instance "
              + discarded.unfinished()
              + " is unfinished; wait for it, or stop it.");
    }
    if (outcome instanceof NoInstance) {
      throw Problem.notFound("There is no workflow instance " + instance + ".");
    }
  }

  /** What may be done with a workflow instance. */
  enum OfWorkflow {
    PAUSE(Command.Type.PAUSE),
    RESUME(Command.Type.RESUME),
    STOP(Command.Type.STOP),
    RERUN(Command.Type.RERUN),
    RECOVER_FAILED(Command.Type.RECOVER_FAILED);

    final Command.Type command;

    OfWorkflow(Command.Type command) {
      this.command = command;
    }

    private boolean isPossibleIn(WorkflowState state) {
      return switch (this) {
        case PAUSE ->
            state == WorkflowState.SUBMITTED
                || state == WorkflowState.SERIAL_WAIT
                || state == WorkflowState.RUNNING
                || state == WorkflowState.PAUSING;
        case STOP -> !state.isTerminal();
        case RESUME -> Reopening.RESUME.isPossibleIn(state);
        case RERUN -> Reopening.RERUN.isPossibleIn(state);
        case RECOVER_FAILED -> Reopening.RECOVER_FAILED.isPossibleIn(state);
      };
    }

    void check(WorkflowInstance instance) {
      if (!isPossibleIn(instance.state())) {
        throw Problem.conflict(
            "NOT_POSSIBLE_IN_STATE",
            this
                + " is not possible: workflow instance "
                + instance.id()
                + " is "
                + instance.state()
                + ".");
      }
    }
  }

  /** What may be done with a task instance. */
  enum OfTask {
    KILL,
    FORCE_SUCCESS,
    SAVEPOINT;

    Command.Type command() {
      return switch (this) {
        case KILL -> Command.Type.KILL_TASK;
        case FORCE_SUCCESS -> Command.Type.FORCE_SUCCESS;
        case SAVEPOINT -> throw new IllegalStateException("checked before");
      };
    }

    void check(TaskInstance task, WorkflowInstance instance) {
      TaskState state = task.state();
      boolean isPossible =
          switch (this) {
            case KILL -> !state.isTerminal() || task.isRetryWaiting();
            case FORCE_SUCCESS ->
                task.valid()
                    && instance.isFinished()
                    && (state == TaskState.FAILED || state == TaskState.KILLED);
            case SAVEPOINT -> false;
          };
      if (!isPossible) {
        String why =
            this == SAVEPOINT
                ? " is not a streaming task."
                : " is "
                    + state
                    + (task.valid() ? "" : " and no longer valid")
                    + ", its workflow instance "
                    + instance.state()
                    + ".";
        throw Problem.conflict(
            "NOT_POSSIBLE_IN_STATE", this + " is not possible: task instance " + task.id() + why);
      }
    }
  }
}
