package io.porpoise.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The edges that logic tasks imply without {@code deps}: to the tasks that a switch or a condition
 * names, and from the tasks in a condition's groups.
 */
public final class LogicEdges {
  private LogicEdges() {}

  /** The implied edges of a task whose params have been checked; none for all other types. */
  public static List<Edge> of(TaskDefinition task) {
    List<Edge> edges = new ArrayList<>();
    switch (task.taskType()) {
      case "SWITCH" ->
          each(task.taskParams().get("condition"), branch -> to(edges, task, branch.get("task")));
      case "CONDITIONS" -> {
        names(task.taskParams().get("success_task")).forEach(name -> to(edges, task, name));
        names(task.taskParams().get("failed_task")).forEach(name -> to(edges, task, name));
        each(
            task.taskParams().get("groups"),
            group ->
                each(
                    group.get("groups"),
                    item -> edges.add(new Edge((String) item.get("task"), task.name()))));
      }
      default -> {}
    }
    return edges;
  }

  private static void to(List<Edge> edges, TaskDefinition task, Object successor) {
    edges.add(new Edge(task.name(), (String) successor));
  }

  private static List<?> names(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  private static void each(Object list, java.util.function.Consumer<Map<?, ?>> action) {
    names(list).forEach(item -> action.accept((Map<?, ?>) item));
  }
}
