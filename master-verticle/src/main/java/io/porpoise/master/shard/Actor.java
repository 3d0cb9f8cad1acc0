package io.porpoise.master.shard;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.parameter.BuiltIns;
import io.porpoise.parameter.Parameters;
import io.porpoise.store.RunStore.VersionedDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** An instance in memory with what is derived from it and can be made again. */
public final class Actor {
  private final WorkflowRun run;
  private final Map<TaskInstanceId, Dispatch> prepared = new HashMap<>(2);
  private Parameters parameters;
  private long stay;

  Actor(WorkflowRun run) {
    this.run = run;
  }

  public WorkflowRun run() {
    return run;
  }

  /**
   * The number of this stay in memory. When the slot was lost and has come back, the former stay
   * may have decided things that were never written; what it has left behind must not reach this
   * one.
   */
  long stay() {
    return stay;
  }

  void enters(long newStay) {
    stay = newStay;
  }

  /** What is to be sent once the assignment is durable. */
  Map<TaskInstanceId, Dispatch> prepared() {
    return prepared;
  }

  /**
   * The parameters that all its tasks share. The base date is the schedule time, else the first
   * start.
   */
  Parameters parameters() {
    if (parameters == null) {
      WorkflowInstance instance = run.instance();
      VersionedDefinition definition = run.definition();
      Instant base =
          instance.options().scheduleTime() != null
              ? instance.options().scheduleTime()
              : instance.startTime();
      parameters =
          new Parameters(
              instance.options().params(),
              definition.definition().params(),
              instance.options().inherited(),
              Map.of(),
              new BuiltIns.Workflow(
                  instance.id(),
                  definition.definition().name(),
                  definition.workflowId(),
                  definition.projectName(),
                  definition.projectId()),
              base.atZone(definition.zone() != null ? definition.zone() : ZoneId.systemDefault()));
    }
    return parameters;
  }
}
