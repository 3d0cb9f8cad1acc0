package io.porpoise.master.shard;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.LogicTasks.SwitchBranch;
import io.porpoise.expression.SwitchExpression;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.master.engine.Conditions;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.parameter.ParameterScope;
import java.util.Map;

/** What a SWITCH or CONDITIONS chooses. */
final class Decisions {
  /** The branch of a SWITCH none of whose expressions is true, and which has no default. */
  private static final String NONE = "";

  private Decisions() {}

  static TaskEvent decide(Actor actor, TaskInstance task) {
    WorkflowRun run = actor.run();
    int node = run.nodeOf(task.id());
    if (run.graph().isConditions(node)) {
      return new TaskEvent.Decided(Conditions.choose(run, node), Map.of());
    }
    ParameterScope scope = Preparer.scope(actor, task);
    for (SwitchBranch branch : LogicTasks.switchBranches(run.graph().task(node))) {
      if (branch.condition() == null) {
        return new TaskEvent.Decided(branch.task(), scope.seen());
      }
      SwitchExpression.Outcome outcome = scope.evaluate(branch.condition());
      if (outcome.failure() != null) {
        return new TaskEvent.Unpreparable(
            new Reason(
                "BAD_EXPRESSION",
                "condition of branch '" + branch.task() + "': " + outcome.failure()));
      }
      if (outcome.isTrue()) {
        return new TaskEvent.Decided(branch.task(), scope.seen());
      }
    }
    return new TaskEvent.Decided(NONE, scope.seen());
  }
}
