package io.porpoise.instance;

/** How a finished instance goes on. */
public enum Reopening {
  /** From a pause or a stop: what was kept from running runs, what has ended stays. */
  RESUME,
  /** What failed, was killed or lost runs again, with all that comes after it. */
  RECOVER_FAILED,
  /** Everything runs again. */
  RERUN;

  /** Whether that can be done to an instance in this state. */
  public boolean isPossibleIn(WorkflowState state) {
    return switch (this) {
      case RESUME -> state == WorkflowState.PAUSED || state == WorkflowState.STOPPED;
      case RECOVER_FAILED -> state == WorkflowState.FAILED || state == WorkflowState.STOPPED;
      case RERUN -> state.isTerminal();
    };
  }
}
