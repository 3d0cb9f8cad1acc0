package io.porpoise.simulation.history;

import io.porpoise.definition.Edge;
import io.porpoise.definition.LogicEdges;
import io.porpoise.definition.LogicTasks;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Small workflows of all shapes, with retries, timeouts, delays, forbidden tasks and outputs that
 * are passed on; with branches, sub-workflows and task groups, where the history has them. A
 * sub-workflow is one with a lower id, so none starts itself.
 */
final class RandomWorkflows {
  static final int VERSION = 1;
  static final String OUTPUT = "made";

  /** An output that is a number: switches choose by it. */
  static final String NUMBER = "number";

  static final String COMMAND = "command";
  static final String PROJECT = "project";
  static final List<String> GROUPS = List.of("g1", "g2");

  private static final int TASKS_MAX = 6;
  private static final int CHILDREN_MAX = 2;

  private final SplittableRandom random;
  private final Set<Feature> features;

  RandomWorkflows(SplittableRandom random, Set<Feature> features) {
    this.random = random;
    this.features = features;
  }

  /** One task, without anything special. */
  static VersionedDefinition plain(long workflowId) {
    TaskDefinition task = TaskDefinition.shell("t0", "true");
    return version(workflowId, WorkflowDefinition.of(nameOf(workflowId), List.of(task), List.of()));
  }

  VersionedDefinition next(long workflowId) {
    int size = random.nextInt(1, TASKS_MAX + 1);
    List<TaskDefinition> tasks = new ArrayList<>();
    Set<Edge> edges = new LinkedHashSet<>();
    int children = 0;
    for (int i = 0; i < size; i++) {
      for (int before = 0; before < i; before++) {
        if (happens(0.4)) {
          edges.add(new Edge("t" + before, "t" + i));
        }
      }
      TaskDefinition task = task(workflowId, i, size, children < CHILDREN_MAX);
      children += LogicTasks.isSubWorkflow(task) ? 1 : 0;
      tasks.add(task);
    }
    tasks.forEach(task -> edges.addAll(LogicEdges.of(task)));
    return version(
        workflowId,
        new WorkflowDefinition(
            nameOf(workflowId),
            "",
            executionType(),
            happens(0.3) ? FailureStrategy.END : FailureStrategy.CONTINUE,
            priority(),
            happens(0.1) ? seconds(5, 60) : null,
            null,
            globals(),
            tasks,
            List.copyOf(edges)));
  }

  private List<Parameter> globals() {
    List<Parameter> globals = new ArrayList<>();
    if (happens(0.5)) {
      globals.add(Parameter.out(OUTPUT));
    }
    if (features.contains(Feature.BRANCHES) && happens(0.8)) {
      globals.add(Parameter.in(NUMBER, "0"));
    }
    return globals;
  }

  private static String nameOf(long workflowId) {
    return "w" + workflowId;
  }

  private static VersionedDefinition version(long workflowId, WorkflowDefinition definition) {
    Map<String, Long> codes = new LinkedHashMap<>();
    for (TaskDefinition task : definition.tasks()) {
      codes.put(task.name(), workflowId * 100 + codes.size());
    }
    return new VersionedDefinition(1, PROJECT, workflowId, VERSION, definition, codes, null);
  }

  private ExecutionType executionType() {
    return features.contains(Feature.SERIAL) && happens(0.6)
        ? ExecutionType.values()[random.nextInt(ExecutionType.values().length)]
        : ExecutionType.PARALLEL;
  }

  private TaskDefinition task(long workflowId, int index, int size, boolean mayHaveChild) {
    if (features.contains(Feature.CHILDREN) && workflowId > 1 && mayHaveChild && happens(0.3)) {
      String child = nameOf(random.nextLong(1, workflowId));
      return task("t" + index, LogicTasks.SUB_WORKFLOW, Map.of("workflow_name", child), workflowId);
    }
    if (features.contains(Feature.BRANCHES) && index < size - 1 && happens(0.4)) {
      return index == 0 || happens(0.5)
          ? task("t" + index, LogicTasks.SWITCH, aSwitch(index, size))
          : task("t" + index, LogicTasks.CONDITIONS, conditions(index, size));
    }
    return task("t" + index, "SHELL", Map.of(COMMAND, "echo ${" + OUTPUT + "}"));
  }

  private Map<String, Object> aSwitch(int index, int size) {
    List<Map<String, Object>> branches = new ArrayList<>();
    List<String> after = some(index + 1, size, 3);
    for (int i = 0; i < after.size(); i++) {
      boolean isDefault = i > 0 && i == after.size() - 1 && happens(0.7);
      branches.add(
          isDefault
              ? Map.of("task", after.get(i))
              : Map.of("task", after.get(i), "condition", "${" + NUMBER + "} % 3 == " + i));
    }
    return Map.of("condition", branches);
  }

  private Map<String, Object> conditions(int index, int size) {
    List<Map<String, Object>> groups = new ArrayList<>();
    for (int i = 0, count = random.nextInt(1, 3); i < count; i++) {
      List<Map<String, Object>> items = new ArrayList<>();
      some(0, index, 2).forEach(name -> items.add(Map.of("task", name, "flag", happens(0.6))));
      groups.add(Map.of("op", op(), "groups", items));
    }
    List<String> after = some(index + 1, size, 4);
    int split = random.nextInt(after.size() + 1);
    return Map.of(
        "op",
        op(),
        "groups",
        groups,
        "success_task",
        after.subList(0, split),
        "failed_task",
        after.subList(split, after.size()));
  }

  private String op() {
    return happens(0.5) ? "AND" : "OR";
  }

  /** Names of one to so many tasks out of these. */
  private List<String> some(int from, int to, int atMost) {
    List<String> names = new ArrayList<>();
    for (int i = from; i < to; i++) {
      names.add("t" + i);
    }
    int wanted = random.nextInt(1, Math.min(atMost, names.size()) + 1);
    while (names.size() > wanted) {
      names.remove(random.nextInt(names.size()));
    }
    return names;
  }

  private TaskDefinition task(String name, String type, Map<String, Object> taskParams) {
    return task(name, type, taskParams, 0);
  }

  /**
   * @param parent the workflow that the task starts children for, 0: none. It holds its slot while
   *     its child runs, so what the child needs must not be held by others that wait like this
   */
  private TaskDefinition task(
      String name, String type, Map<String, Object> taskParams, long parent) {
    boolean isProcess = type.equals("SHELL");
    boolean isGrouped = features.contains(Feature.GROUPS) && happens(0.5);
    List<Parameter> outputs = new ArrayList<>();
    if (happens(0.4)) {
      outputs.add(Parameter.out(OUTPUT));
    }
    if (features.contains(Feature.BRANCHES) && happens(0.7)) {
      outputs.add(Parameter.out(NUMBER));
    }
    return new TaskDefinition(
        name,
        "",
        type,
        happens(0.05),
        priority(),
        null,
        null,
        null,
        happens(0.5) ? random.nextInt(1, 3) : 0,
        seconds(0, 5),
        happens(0.15) ? seconds(2, 30) : null,
        TimeoutStrategy.values()[random.nextInt(TimeoutStrategy.values().length)],
        happens(0.1) ? seconds(1, 5) : Duration.ZERO,
        isGrouped ? group(parent) : null,
        isGrouped ? random.nextInt(3) : 0,
        List.of(),
        false,
        -1,
        -1,
        OnWorkerLoss.FENCED,
        false,
        isProcess ? outputs : List.of(),
        taskParams);
  }

  private String group(long parent) {
    return parent == 0 ? GROUPS.get(random.nextInt(GROUPS.size())) : groupOfChildren(parent);
  }

  static String groupOfChildren(long workflowId) {
    return "children-of-" + workflowId;
  }

  private Priority priority() {
    return Priority.values()[random.nextInt(Priority.values().length)];
  }

  private Duration seconds(int from, int to) {
    return Duration.ofMillis(random.nextLong(from * 1000L, to * 1000L));
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}
