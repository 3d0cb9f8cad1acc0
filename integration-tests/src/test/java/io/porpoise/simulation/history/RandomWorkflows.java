package io.porpoise.simulation.history;

import io.porpoise.definition.Edge;
import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import io.porpoise.store.RunStore.VersionedDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Small workflows of all shapes, with retries, timeouts, delays, forbidden tasks and outputs that
 * are passed on.
 */
final class RandomWorkflows {
  static final int VERSION = 1;
  static final String OUTPUT = "made";
  static final String COMMAND = "command";

  private static final int TASKS_MAX = 6;

  private final SplittableRandom random;

  RandomWorkflows(SplittableRandom random) {
    this.random = random;
  }

  /** One task, without anything special. */
  static VersionedDefinition plain(long workflowId) {
    TaskDefinition task =
        new TaskDefinition(
            "t0",
            "",
            "SHELL",
            false,
            Priority.MEDIUM,
            null,
            null,
            null,
            0,
            Duration.ZERO,
            null,
            TimeoutStrategy.WARN,
            Duration.ZERO,
            null,
            0,
            List.of(),
            false,
            -1,
            -1,
            OnWorkerLoss.FENCED,
            false,
            List.of(),
            Map.of("command", "true"));
    return version(
        workflowId,
        FailureStrategy.CONTINUE,
        List.of(task),
        List.of(),
        Map.of(task.name(), workflowId * 100));
  }

  VersionedDefinition next(long workflowId) {
    int size = random.nextInt(1, TASKS_MAX + 1);
    List<TaskDefinition> tasks = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    Map<String, Long> codes = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      TaskDefinition task = task("t" + i);
      tasks.add(task);
      codes.put(task.name(), workflowId * 100 + i);
      for (int before = 0; before < i; before++) {
        if (happens(0.4)) {
          edges.add(new Edge("t" + before, task.name()));
        }
      }
    }
    FailureStrategy onFailure = happens(0.3) ? FailureStrategy.END : FailureStrategy.CONTINUE;
    return version(workflowId, onFailure, tasks, edges, codes);
  }

  private static VersionedDefinition version(
      long workflowId,
      FailureStrategy onFailure,
      List<TaskDefinition> tasks,
      List<Edge> edges,
      Map<String, Long> codes) {
    WorkflowDefinition definition =
        new WorkflowDefinition(
            "w" + workflowId,
            "",
            ExecutionType.PARALLEL,
            onFailure,
            Priority.MEDIUM,
            null,
            null,
            List.of(),
            tasks,
            edges);
    return new VersionedDefinition(1, "project", workflowId, VERSION, definition, codes, null);
  }

  private TaskDefinition task(String name) {
    Duration timeout = happens(0.15) ? seconds(2, 30) : null;
    return new TaskDefinition(
        name,
        "",
        "SHELL",
        happens(0.05),
        Priority.values()[random.nextInt(Priority.values().length)],
        null,
        null,
        null,
        happens(0.5) ? random.nextInt(1, 3) : 0,
        seconds(0, 5),
        timeout,
        TimeoutStrategy.values()[random.nextInt(TimeoutStrategy.values().length)],
        happens(0.1) ? seconds(1, 5) : Duration.ZERO,
        null,
        0,
        List.of(),
        false,
        -1,
        -1,
        OnWorkerLoss.FENCED,
        false,
        happens(0.4) ? List.of(Parameter.out(OUTPUT)) : List.of(),
        Map.of(COMMAND, "echo ${" + OUTPUT + "}"));
  }

  private Duration seconds(int from, int to) {
    return Duration.ofMillis(random.nextLong(from * 1000L, to * 1000L));
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}
