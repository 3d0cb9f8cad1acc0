package io.porpoise.definition;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import java.time.Duration;
import java.util.List;

/**
 * What the user drew: one immutable version of a workflow. Edges are complete (those that a switch
 * or a condition implies included), point to existing tasks and have no cycle: only validated
 * definitions are made.
 *
 * @param timeout null: none
 * @param workerGroup the group of tasks that name none; null: default
 * @param params global parameters
 */
public record WorkflowDefinition(
    String name,
    String description,
    ExecutionType executionType,
    FailureStrategy failureStrategy,
    Priority priority,
    Duration timeout,
    String workerGroup,
    List<Parameter> params,
    List<TaskDefinition> tasks,
    List<Edge> edges) {
  public WorkflowDefinition {
    params = List.copyOf(params);
    tasks = List.copyOf(tasks);
    edges = List.copyOf(edges);
  }

  public static WorkflowDefinition of(String name, List<TaskDefinition> tasks, List<Edge> edges) {
    return new WorkflowDefinition(
        name,
        "",
        ExecutionType.PARALLEL,
        FailureStrategy.CONTINUE,
        Priority.MEDIUM,
        null,
        null,
        List.of(),
        tasks,
        edges);
  }
}
