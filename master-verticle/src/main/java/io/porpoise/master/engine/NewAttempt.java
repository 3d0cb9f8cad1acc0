package io.porpoise.master.engine;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.ChildRun;
import io.porpoise.instance.GroupClaim;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import java.time.Instant;
import java.util.Map;

/** Makes the rows of new attempts. */
final class NewAttempt {
  private static final String DEFAULT_WORKER_GROUP = "default";

  private NewAttempt() {}

  /** The row of an attempt that has not been given to anybody. */
  static TaskInstance of(
      WorkflowRun run,
      int node,
      TaskInstanceId id,
      TaskState state,
      int retries,
      int losses,
      Instant firstSubmit,
      Instant now,
      Instant due,
      ChildRun child) {
    TaskDefinition task = run.graph().task(node);
    return new TaskInstance(
        id,
        run.id(),
        run.definition().taskCodes().get(task.name()),
        task.name(),
        task.taskType(),
        state,
        true,
        run.nextAttempt(node),
        retries,
        losses,
        0,
        workerGroup(run, task),
        null,
        firstSubmit,
        now,
        null,
        null,
        due,
        null,
        null,
        null,
        null,
        child,
        claim(task),
        Map.of(),
        Map.of());
  }

  /** A decision takes no time, so it needs no slot; nor does what does nothing. */
  private static GroupClaim claim(TaskDefinition task) {
    return task.taskGroup() == null || LogicTasks.isDecision(task) || LogicTasks.isNoOp(task)
        ? null
        : new GroupClaim(task.taskGroup(), task.taskGroupPriority());
  }

  private static String workerGroup(WorkflowRun run, TaskDefinition task) {
    if (task.workerGroup() != null) {
      return task.workerGroup();
    }
    if (run.instance().options().workerGroup() != null) {
      return run.instance().options().workerGroup();
    }
    String ofWorkflow = run.definition().definition().workerGroup();
    return ofWorkflow != null ? ofWorkflow : DEFAULT_WORKER_GROUP;
  }
}
