package io.porpoise.api.testing;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import java.time.Instant;
import java.util.Map;

/** Rows for tests; they belong to workflow 1 of project 1. */
public final class Instances {
  public static final Instant AT = Instant.parse("2026-11-20T02:00:00.123Z");

  private Instances() {}

  public static WorkflowInstance submitted(long id) {
    return WorkflowInstance.submitted(
        new WorkflowInstanceId(id), 1, 1, 1, StartOptions.NONE, "ada", AT.plusSeconds(id));
  }

  public static WorkflowInstance running(long id) {
    return submitted(id).started(AT);
  }

  public static WorkflowInstance ended(long id, WorkflowState state) {
    return running(id).ended(state, null, Map.of("rows", "42"), AT.plusSeconds(60));
  }

  public static TaskInstance task(long id, long instance, TaskState state, String worker) {
    return new TaskInstance(
        new TaskInstanceId(id),
        new WorkflowInstanceId(instance),
        1,
        "extract",
        "SHELL",
        state,
        true,
        1,
        0,
        0,
        0,
        "default",
        worker == null ? null : new NodeId(worker),
        AT,
        AT,
        state == TaskState.SUBMITTED ? null : AT,
        state.isTerminal() ? AT.plusSeconds(5) : null,
        null,
        null,
        state == TaskState.SUCCEEDED ? 0 : null,
        null,
        null,
        null,
        null,
        Map.of("biz", "20261119"),
        Map.of());
  }
}
