package io.porpoise.master.shard;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.parameter.BuiltIns;
import io.porpoise.parameter.ParameterScope;
import io.porpoise.parameter.ParameterScope.Resolved;
import java.util.Map;

/** Makes what a worker needs to run one attempt: the task's parameters, resolved. */
final class Preparer {
  /**
   * Either a dispatch or the reason why there cannot be one.
   *
   * @param failure null when the dispatch is there
   */
  record Prepared(Dispatch dispatch, Reason failure) {}

  private Preparer() {}

  /**
   * @param number of the dispatch that this will be
   */
  static Prepared prepare(Actor actor, TaskInstance task, long epoch, int number) {
    WorkflowRun run = actor.run();
    int node = run.nodeOf(task.id());
    TaskDefinition definition = run.graph().task(node);
    Resolved resolved = scope(actor, task).resolve(definition.taskParams());
    if (resolved.failure() != null) {
      return new Prepared(null, resolved.failure());
    }
    return new Prepared(
        new Dispatch(
            task.id(),
            run.id(),
            epoch,
            number,
            task.taskType(),
            task.name(),
            resolved.taskParams(),
            resolved.params(),
            definition.outputNames(),
            Map.of()),
        null);
  }

  /** The parameters as the task sees them. */
  static ParameterScope scope(Actor actor, TaskInstance task) {
    WorkflowRun run = actor.run();
    int node = run.nodeOf(task.id());
    return actor
        .parameters()
        .scope(
            run.graph().task(node).params(),
            new AncestorOutputs(run, node),
            new BuiltIns.Task(task.id(), task.name(), task.code()));
  }
}
