package io.porpoise.definition.document;

import io.porpoise.definition.Edge;
import io.porpoise.definition.LogicEdges;
import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.definition.Parameter.Direction;
import io.porpoise.definition.ScheduleSettings;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A document as a tree of maps, lists and texts, in the shape of CONTRACT.md, section 3: keys in a
 * fixed order, defaults left out, so that equal documents give equal trees.
 */
final class DocumentTree {
  private DocumentTree() {}

  /**
   * @param withProject whether the project and the release state stand in it
   * @param typeName how a task type is to be written, from its name in the definition
   */
  static Map<String, Object> of(
      WorkflowDocument document, boolean withProject, UnaryOperator<String> typeName) {
    WorkflowDefinition definition = document.definition();
    Map<String, Object> workflow = new LinkedHashMap<>();
    workflow.put("name", definition.name());
    if (withProject) {
      put(workflow, "project", document.project(), null);
      put(workflow, "release_state", lower(document.releaseState()), null);
    }
    put(workflow, "description", definition.description(), "");
    schedule(workflow, document.schedule());
    put(workflow, "execution_type", definition.executionType(), ExecutionType.PARALLEL);
    put(workflow, "failure_strategy", definition.failureStrategy(), FailureStrategy.CONTINUE);
    put(workflow, "priority", definition.priority(), Priority.MEDIUM);
    put(workflow, "timeout", print(definition.timeout()), null);
    put(workflow, "worker_group", definition.workerGroup(), null);
    if (!definition.params().isEmpty()) {
      workflow.put("param", ParameterNotation.writeGlobals(definition.params()));
    }
    DocumentReader.KEPT.forEach(key -> put(workflow, key, document.kept().get(key), null));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("workflow", workflow);
    tree.put("tasks", tasks(definition, typeName));
    return tree;
  }

  private static void schedule(Map<String, Object> workflow, ScheduleSettings schedule) {
    put(workflow, "schedule", schedule.cron(), null);
    put(workflow, "every", print(schedule.every()), null);
    put(workflow, "timezone", schedule.zone() == null ? null : schedule.zone().getId(), null);
    put(
        workflow,
        "start_time",
        schedule.start() == null ? null : ScheduleReader.print(schedule.start()),
        null);
    put(
        workflow,
        "end_time",
        schedule.end() == null ? null : ScheduleReader.print(schedule.end()),
        null);
    put(workflow, "misfire", lower(schedule.misfire()), null);
    put(workflow, "online_schedule", schedule.online(), null);
  }

  private static List<Object> tasks(WorkflowDefinition definition, UnaryOperator<String> typeName) {
    Set<Edge> implied = new HashSet<>();
    definition.tasks().forEach(task -> implied.addAll(LogicEdges.of(task)));
    Map<String, List<String>> deps = new HashMap<>();
    for (Edge edge : definition.edges()) {
      if (!implied.contains(edge)) {
        deps.computeIfAbsent(edge.to(), name -> new ArrayList<>()).add(edge.from());
      }
    }
    List<Object> tasks = new ArrayList<>(definition.tasks().size());
    for (TaskDefinition task : definition.tasks()) {
      tasks.add(task(task, deps.getOrDefault(task.name(), List.of()), typeName));
    }
    return tasks;
  }

  private static Map<String, Object> task(
      TaskDefinition task, List<String> deps, UnaryOperator<String> typeName) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", task.name());
    map.put("task_type", typeName.apply(task.taskType()));
    put(map, "description", task.description(), "");
    put(map, "deps", deps, List.of());
    map.putAll(task.taskParams());
    put(map, "input_params", ParameterNotation.writeLocal(task.params(), Direction.IN), Map.of());
    put(map, "output_params", ParameterNotation.writeLocal(task.params(), Direction.OUT), Map.of());
    put(map, "flag", task.forbidden() ? "NO" : null, null);
    put(map, "task_priority", task.priority(), Priority.MEDIUM);
    put(map, "worker_group", task.workerGroup(), null);
    put(map, "environment_name", task.environment(), null);
    put(map, "tenant", task.tenant(), null);
    put(map, "fail_retry_times", task.failRetryTimes(), 0);
    put(
        map,
        "fail_retry_interval",
        print(task.failRetryInterval()),
        print(TaskReader.RETRY_INTERVAL));
    put(map, "timeout", print(task.timeout()), null);
    put(map, "timeout_notify_strategy", task.timeoutStrategy(), TimeoutStrategy.WARN);
    put(map, "delay_time", print(task.delayTime()), print(Duration.ZERO));
    put(map, "task_group_name", task.taskGroup(), null);
    put(map, "task_group_priority", task.taskGroupPriority(), 0);
    put(map, "resource_list", task.resources(), List.of());
    put(map, "is_cache", task.cached(), false);
    put(map, "cpu_quota", task.cpuQuota(), -1);
    put(map, "memory_max", task.memoryMaxMegabytes(), -1);
    put(map, "on_worker_loss", lower(task.onWorkerLoss()), lower(OnWorkerLoss.FENCED));
    put(map, "execute_type", task.stream() ? "STREAM" : null, null);
    return map;
  }

  private static void put(Map<String, Object> map, String key, Object value, Object usual) {
    if (value != null && !value.equals(usual)) {
      map.put(key, value instanceof Enum<?> constant ? constant.name() : value);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
  }

  private static String print(Duration duration) {
    return duration == null ? null : Durations.print(duration);
  }
}
