package io.porpoise.instance;

/**
 * States of a workflow instance (SEMANTICS.md, section 2); FAILOVER is derived for display and
 * never stored.
 */
public enum WorkflowState {
  SUBMITTED,
  RUNNING,
  PAUSING,
  PAUSED,
  STOPPING,
  STOPPED,
  FAILED,
  SUCCEEDED,
  SERIAL_WAIT;

  /** Whether nothing more happens by itself. */
  public boolean isTerminal() {
    return switch (this) {
      case PAUSED, STOPPED, FAILED, SUCCEEDED -> true;
      case SUBMITTED, RUNNING, PAUSING, STOPPING, SERIAL_WAIT -> false;
    };
  }
}
