package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;

/**
 * The exact reasons of the asked instances that are in memory here, and of their unfinished tasks.
 *
 * @param notMine their slots are not this shard's: look again who owns them
 */
public record Explanations(List<Explanation> explanations, List<WorkflowInstanceId> notMine)
    implements Message {
  /** Why an instance cannot be explained whose owner is about to read it. */
  public static final String LOADING = "LOADING";

  public Explanations {
    notMine = notMine == null ? List.of() : notMine; // an older node does not say
  }

  /** One instance. */
  public record Explanation(WorkflowInstanceId instance, Reason reason, List<TaskReason> tasks) {}

  /** One unfinished attempt of it. */
  public record TaskReason(TaskInstanceId task, Reason reason) {}
}
