package io.porpoise.master.dispatch;

import io.porpoise.instance.Priority;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.time.Instant;
import java.util.Comparator;

/**
 * A task that waits for a worker, with what decides its place (SEMANTICS.md, section 3, "Dispatch
 * order").
 */
public record Waiting(
    WorkflowInstanceId instance,
    TaskInstanceId task,
    String workerGroup,
    Priority workflowPriority,
    Priority taskPriority,
    int taskGroupPriority,
    Instant firstSubmitTime)
    implements Comparable<Waiting> {
  private static final Comparator<Waiting> ORDER =
      Comparator.comparing(Waiting::workflowPriority)
          .thenComparing(Waiting::taskPriority)
          .thenComparing(Comparator.comparingInt(Waiting::taskGroupPriority).reversed())
          .thenComparing(Waiting::firstSubmitTime)
          .thenComparing(Waiting::task);

  @Override
  public int compareTo(Waiting other) {
    return ORDER.compare(this, other);
  }
}
