package io.porpoise.master.engine;

import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.instance.Priority;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Task definitions that are more than a plain shell task. */
final class Definitions {
  private Definitions() {}

  /** Chooses among tasks of these names; the last is the default. */
  static TaskDefinition choice(String name, String... tasks) {
    List<Map<String, Object>> branches =
        Arrays.stream(tasks)
            .map(task -> Map.<String, Object>of("task", task, "condition", "x"))
            .toList();
    return TaskDefinition.of(name, "SWITCH", Map.of("condition", branches));
  }

  /** Holds when all of the tasks have ended so. */
  static TaskDefinition conditions(
      String name, Map<String, Boolean> tasks, String success, String failed) {
    List<Map<String, Object>> items =
        tasks.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> Map.<String, Object>of("task", e.getKey(), "flag", e.getValue()))
            .toList();
    return TaskDefinition.of(
        name,
        "CONDITIONS",
        Map.of(
            "op",
            "AND",
            "groups",
            List.of(Map.of("op", "AND", "groups", items)),
            "success_task",
            List.of(success),
            "failed_task",
            List.of(failed)));
  }

  static TaskDefinition child(String name) {
    return TaskDefinition.of(name, "SUB_WORKFLOW", Map.of("workflow_name", "other"));
  }

  static TaskDefinition delayed(String name, Duration delay) {
    return shell(name, false, delay, null, null);
  }

  static TaskDefinition forbidden(String name) {
    return shell(name, true, Duration.ZERO, null, null);
  }

  static TaskDefinition inGroup(String name, String group) {
    return shell(name, false, Duration.ZERO, group, null);
  }

  static TaskDefinition timed(String name, Duration timeout) {
    return shell(name, false, Duration.ZERO, null, timeout);
  }

  private static TaskDefinition shell(
      String name, boolean forbidden, Duration delay, String group, Duration timeout) {
    return new TaskDefinition(
        name,
        "",
        "SHELL",
        forbidden,
        Priority.MEDIUM,
        null,
        null,
        null,
        0,
        Duration.ZERO,
        timeout,
        TimeoutStrategy.WARNFAILED,
        delay,
        group,
        0,
        List.of(),
        false,
        -1,
        -1,
        OnWorkerLoss.FENCED,
        false,
        List.of(),
        Map.of("command", "x"));
  }
}
