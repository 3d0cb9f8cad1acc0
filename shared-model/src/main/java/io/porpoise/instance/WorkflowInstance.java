package io.porpoise.instance;

import java.time.Instant;
import java.util.Map;

/**
 * One run of one version of a workflow definition: the row as it stands in the database. Immutable;
 * only the owner of its slot makes a newer one.
 *
 * @param reason why it ended as it did, or null; the reason of an unfinished instance is derived,
 *     not stored
 * @param runTimes how often it has been run as a whole; 1 at first
 * @param outputs the OUT parameters of its tasks, as far as they are declared as globals
 * @param createdBy the user, or what else caused it
 */
public record WorkflowInstance(
    WorkflowInstanceId id,
    long projectId,
    long workflowId,
    int version,
    WorkflowState state,
    Reason reason,
    StartOptions options,
    int runTimes,
    String createdBy,
    Instant createdAt,
    Instant startTime,
    Instant endTime,
    Map<String, String> outputs) {
  public WorkflowInstance {
    outputs = outputs == null ? Map.of() : Map.copyOf(outputs);
  }

  public static WorkflowInstance submitted(
      WorkflowInstanceId id,
      long projectId,
      long workflowId,
      int version,
      StartOptions options,
      String createdBy,
      Instant createdAt) {
    return new WorkflowInstance(
        id,
        projectId,
        workflowId,
        version,
        WorkflowState.SUBMITTED,
        null,
        options,
        1,
        createdBy,
        createdAt,
        null,
        null,
        Map.of());
  }

  public int slot() {
    return id.slot();
  }

  public boolean isFinished() {
    return state.isTerminal();
  }

  public WorkflowInstance started(Instant now) {
    return new WorkflowInstance(
        id,
        projectId,
        workflowId,
        version,
        WorkflowState.RUNNING,
        null,
        options,
        runTimes,
        createdBy,
        createdAt,
        startTime == null ? now : startTime,
        null,
        outputs);
  }

  /** Goes on to another unfinished state, for a reason that the end will keep. */
  public WorkflowInstance to(WorkflowState next, Reason why) {
    return new WorkflowInstance(
        id,
        projectId,
        workflowId,
        version,
        next,
        why,
        options,
        runTimes,
        createdBy,
        createdAt,
        startTime,
        endTime,
        outputs);
  }

  public WorkflowInstance ended(
      WorkflowState end, Reason why, Map<String, String> finalOutputs, Instant now) {
    return new WorkflowInstance(
        id,
        projectId,
        workflowId,
        version,
        end,
        why,
        options,
        runTimes,
        createdBy,
        createdAt,
        startTime,
        now,
        finalOutputs);
  }
}
