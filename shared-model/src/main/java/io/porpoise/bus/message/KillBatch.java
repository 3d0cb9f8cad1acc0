package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;

/**
 * To a worker's intake: end these attempts, whole process tree. Idempotent. The answer is {@link
 * KillAnswers}; the end itself comes as a report.
 */
public record KillBatch(String ownerAddress, List<Kill> kills) implements Message {
  /**
   * One attempt to end.
   *
   * @param graceMillis between TERM and KILL
   */
  public record Kill(
      TaskInstanceId taskInstance,
      WorkflowInstanceId workflowInstance,
      long epoch,
      long graceMillis) {
    public int slot() {
      return workflowInstance.slot();
    }
  }
}
