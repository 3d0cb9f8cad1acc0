package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;

/**
 * The exact reasons of the asked instances that are in memory here, and of their unfinished tasks.
 */
public record Explanations(List<Explanation> explanations) implements Message {
  /** One instance. */
  public record Explanation(WorkflowInstanceId instance, Reason reason, List<TaskReason> tasks) {}

  /** One unfinished attempt of it. */
  public record TaskReason(TaskInstanceId task, Reason reason) {}
}
