package io.porpoise.master.shard;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.master.child.ChildOrder;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.parameter.ParameterScope.Resolved;
import io.porpoise.parameter.Parameters;
import io.porpoise.parameter.StoredBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a SUB_WORKFLOW task wants started, and with which parameters: the task's own IN parameters
 * and the start parameters of its ancestors are start parameters of the child (the latter win, as
 * everywhere); the globals of its ancestors count where the child has none of that name.
 */
final class ChildOrders {
  private ChildOrders() {}

  static ChildOrder.Made of(Actor actor, TaskInstance task) {
    WorkflowRun run = actor.run();
    TaskDefinition node = run.graph().task(run.nodeOf(task.id()));
    Resolved resolved = Preparer.scope(actor, task).resolve(node.taskParams());
    if (resolved.failure() != null) {
      return new ChildOrder.Made(null, resolved.failure());
    }
    Inheritance inherited = inherited(actor);
    if (inherited.failure() != null) {
      return new ChildOrder.Made(null, inherited.failure());
    }
    Map<String, String> params = params(node, resolved, run.instance());
    Reason tooLarge = tooLarge(params, inherited.values());
    if (tooLarge != null) {
      return new ChildOrder.Made(null, tooLarge);
    }
    LogicTasks.SubWorkflow wanted = LogicTasks.subWorkflow(resolved.taskParams());
    WorkflowInstance parent = run.instance();
    int depth = parent.parent() == null ? 1 : parent.parent().depth() + 1;
    ChildOrder order =
        new ChildOrder(
            wanted.project() == null ? run.definition().projectName() : wanted.project(),
            wanted.workflow(),
            new Parent(parent.id(), task.id(), depth),
            options(parent.options(), params, inherited.values()),
            parent.createdBy());
    return new ChildOrder.Made(order, null);
  }

  private static StartOptions options(
      StartOptions of, Map<String, String> params, Map<String, String> inherited) {
    return new StartOptions(
        params,
        List.of(),
        null,
        of.failureStrategy(),
        of.priority(),
        of.workerGroup(),
        of.environment(),
        false,
        of.scheduleTime(),
        inherited);
  }

  private static Map<String, String> params(
      TaskDefinition node, Resolved resolved, WorkflowInstance parent) {
    Map<String, String> params = new LinkedHashMap<>();
    for (Parameter parameter : node.params()) {
      String value = resolved.params().get(parameter.prop());
      if (parameter.direction() == Parameter.Direction.IN && value != null) {
        params.put(parameter.prop(), value);
      }
    }
    params.putAll(parent.options().params());
    return params;
  }

  /** Each level of nesting adds to what it got itself, so the sum needs a limit of its own. */
  private static Reason tooLarge(Map<String, String> params, Map<String, String> inherited) {
    long bytes = StoredBytes.of(params) + StoredBytes.of(inherited);
    if (bytes <= Parameters.TOGETHER_BYTES_MAX) {
      return null;
    }
    return new Reason(
        "PARAMETERS_TOO_LARGE",
        "the parameters for its sub-workflow have "
            + bytes
            + " bytes together, the limit is "
            + Parameters.TOGETHER_BYTES_MAX
            + "; pass large data in files");
  }

  /** What the child inherits, or why it is too much. */
  private record Inheritance(Map<String, String> values, Reason failure) {}

  private static Inheritance inherited(Actor actor) {
    Map<String, String> inherited =
        new LinkedHashMap<>(actor.run().instance().options().inherited());
    List<String> globals =
        actor.run().definition().definition().params().stream().map(Parameter::prop).toList();
    Resolved shared = actor.parameters().resolve(globals);
    shared
        .params()
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                inherited.put(name, value);
              }
            });
    return new Inheritance(inherited, shared.failure());
  }
}
