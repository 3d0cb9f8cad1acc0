package io.porpoise.instance;

/** States of a task instance, that is of one attempt (SEMANTICS.md, section 3). */
public enum TaskState {
  SUBMITTED,
  DELAYED,
  DISPATCHED,
  RUNNING,
  SUCCEEDED,
  FORCED_SUCCESS,
  FAILED,
  KILLED,
  PAUSED,
  LOST;

  /** Whether this attempt has ended; a FAILED or LOST one may have a successor attempt. */
  public boolean isTerminal() {
    return switch (this) {
      case SUCCEEDED, FORCED_SUCCESS, FAILED, KILLED, PAUSED, LOST -> true;
      case SUBMITTED, DELAYED, DISPATCHED, RUNNING -> false;
    };
  }

  public boolean isSuccess() {
    return this == SUCCEEDED || this == FORCED_SUCCESS;
  }

  /** Whether a worker has been asked to run it, and has not been heard to have ended it. */
  public boolean isWithWorker() {
    return this == DISPATCHED || this == RUNNING;
  }
}
