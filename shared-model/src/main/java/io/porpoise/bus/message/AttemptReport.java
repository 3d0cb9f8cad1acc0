package io.porpoise.bus.message;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.Map;

/**
 * How one attempt stands at its worker: a whole picture, not a difference, so that a later one
 * replaces an earlier one and repeats do no harm. Reported again until acknowledged.
 *
 * @param exitCode of the process; null while it runs or when it could not be started
 * @param startedMillisAgo since the process was started; a duration, because clocks of machines
 *     differ
 * @param tookMillis how long it ran; meaningful when ended
 * @param reason of a failure, in words, when the exit code does not say it all
 */
public record AttemptReport(
    TaskInstanceId taskInstance,
    WorkflowInstanceId workflowInstance,
    Phase phase,
    Integer exitCode,
    long startedMillisAgo,
    long tookMillis,
    Reason reason,
    Map<String, String> outputs) {
  /** Phases only go forward. */
  public enum Phase {
    ACCEPTED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Ended by a kill that was asked for; nothing of its process tree is alive. */
    KILLED,
    /** Its process vanished without an exit status (machine reset, keeper killed). */
    LOST;

    public boolean isEnd() {
      return this != ACCEPTED && this != RUNNING;
    }
  }

  public int slot() {
    return workflowInstance.slot();
  }
}
