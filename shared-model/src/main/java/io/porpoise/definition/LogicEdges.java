package io.porpoise.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * The edges that logic tasks imply without {@code deps}: to the tasks that a switch or a condition
 * names, and from the tasks in a condition's groups.
 */
public final class LogicEdges {
  private LogicEdges() {}

  /** The implied edges of a task whose params have been checked; none for all other types. */
  public static List<Edge> of(TaskDefinition task) {
    List<Edge> edges = new ArrayList<>();
    LogicTasks.branches(task)
        .values()
        .forEach(names -> names.forEach(successor -> edges.add(new Edge(task.name(), successor))));
    if (task.taskType().equals(LogicTasks.CONDITIONS)) {
      for (LogicTasks.ConditionGroup group : LogicTasks.conditionGroups(task)) {
        group.items().forEach(item -> edges.add(new Edge(item.task(), task.name())));
      }
    }
    return edges;
  }
}
