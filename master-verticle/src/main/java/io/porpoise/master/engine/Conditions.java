package io.porpoise.master.engine;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.LogicTasks.ConditionGroup;
import io.porpoise.definition.LogicTasks.ConditionItem;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.TaskInstance;
import java.util.List;
import java.util.function.Predicate;

/** What a CONDITIONS chooses, from how its predecessors have ended (SEMANTICS.md, section 5). */
public final class Conditions {
  private Conditions() {}

  /** The branch that is to be gone: SUCCESS or FAILED. */
  public static String choose(WorkflowRun run, int node) {
    TaskDefinition task = run.graph().task(node);
    List<ConditionGroup> groups = LogicTasks.conditionGroups(task);
    boolean holds =
        holds(
            LogicTasks.isAnd(task.taskParams()),
            groups,
            group -> holds(group.isAnd(), group.items(), item -> holds(run, item)));
    return holds ? LogicTasks.SUCCESS_BRANCH : LogicTasks.FAILED_BRANCH;
  }

  private static <T> boolean holds(boolean isAnd, List<T> parts, Predicate<T> holds) {
    return isAnd ? parts.stream().allMatch(holds) : parts.stream().anyMatch(holds);
  }

  /** A forbidden task counts as passed; one that was skipped has neither succeeded nor failed. */
  private static boolean holds(WorkflowRun run, ConditionItem item) {
    int node = run.graph().indexOf(item.task());
    TaskInstance task = run.current(node);
    if (task == null) {
      return run.graph().task(node).forbidden() && item.succeeded();
    }
    return task.state().isSuccess() == item.succeeded();
  }
}
