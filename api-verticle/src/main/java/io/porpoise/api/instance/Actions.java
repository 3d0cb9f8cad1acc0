package io.porpoise.api.instance;

import io.porpoise.api.http.Problem;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Command;

/**
 * Which action is possible in which state. The owner decides again when it applies the command;
 * what it finds impossible by then changes nothing.
 */
final class Actions {
  private Actions() {}

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
                || state == WorkflowState.RUNNING
                || state == WorkflowState.PAUSING;
        case RESUME -> state == WorkflowState.PAUSED || state == WorkflowState.STOPPED;
        case STOP -> !state.isTerminal();
        case RERUN -> state.isTerminal();
        case RECOVER_FAILED -> state == WorkflowState.FAILED || state == WorkflowState.STOPPED;
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
      if (this != STOP) {
        throw notSupported(name(), "STOP");
      }
    }
  }

  /** Masters do not act on it yet, so it is refused instead of accepted without consequence. */
  private static Problem notSupported(String action, String supported) {
    return Problem.conflict(
        "NOT_SUPPORTED",
        action + " is not supported by this version yet; what is: " + supported + ".");
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
                    && (state == TaskState.FAILED
                        || state == TaskState.KILLED
                        || state == TaskState.LOST);
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
      if (this != KILL) {
        throw notSupported(name(), "KILL");
      }
    }
  }
}
