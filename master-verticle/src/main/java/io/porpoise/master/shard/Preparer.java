package io.porpoise.master.shard;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.parameter.BuiltIns;
import io.porpoise.parameter.ParameterScope;
import io.porpoise.parameter.ParameterScope.Resolved;
import io.porpoise.parameter.Upstream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
            upstream(run, node),
            new BuiltIns.Task(task.id(), task.name(), task.code()));
  }

  /** Outputs of ancestors, the nearest first, among equally near ones the one that ended first. */
  private static Upstream upstream(WorkflowRun run, int node) {
    return name -> {
      for (List<Integer> level : run.graph().ancestorsByDistance(node)) {
        TaskInstance first =
            level.stream()
                .map(run::current)
                .filter(Objects::nonNull)
                .filter(task -> task.state().isSuccess() && task.outputs().containsKey(name))
                .min(Comparator.comparing(TaskInstance::endTime))
                .orElse(null);
        if (first != null) {
          return first.outputs().get(name);
        }
      }
      return null;
    };
  }
}
