package io.porpoise.simulation.history;

import io.porpoise.definition.Edge;
import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.NodeScope;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which tasks of an instance may run, and how it has to end, by the words of the rules ("edges
 * decide") and from its valid rows alone. Written without a look at the engine, slow and plain.
 */
final class Edges {
  /** What becomes of a task. */
  enum Fate {
    /** The start options leave it out. */
    LEFT_OUT,
    READY,
    SKIPPED,
    /** Something before it has ended badly. */
    HELD_UP,
    UNDECIDED
  }

  private enum EdgeState {
    OPEN,
    SKIPPED,
    /** The source itself has ended badly. */
    FAILED,
    /** The source can never run. */
    DEAD,
    UNDECIDED
  }

  private final WorkflowDefinition definition;
  private final Map<String, TaskInstance> valid;
  private final Set<String> included;
  private final Map<String, Fate> fates = new HashMap<>();

  Edges(WorkflowDefinition definition, StartOptions options, Map<String, TaskInstance> valid) {
    this.definition = definition;
    this.valid = valid;
    included = included(definition, options);
  }

  private static Set<String> included(WorkflowDefinition definition, StartOptions options) {
    Set<String> found = new TreeSet<>(options.startNodes());
    if (found.isEmpty()) {
      definition.tasks().forEach(task -> found.add(task.name()));
    }
    boolean hasGrown = options.nodeScope() != NodeScope.TASK_ONLY;
    while (hasGrown) {
      hasGrown = false;
      for (Edge edge : definition.edges()) {
        boolean isForward = options.nodeScope() == NodeScope.TASK_POST;
        String near = isForward ? edge.from() : edge.to();
        String far = isForward ? edge.to() : edge.from();
        hasGrown |= found.contains(near) && found.add(far);
      }
    }
    return found;
  }

  Fate fate(String task) {
    Fate known = fates.get(task);
    if (known == null) {
      known = included.contains(task) ? decide(task) : Fate.LEFT_OUT;
      fates.put(task, known);
    }
    return known;
  }

  private Fate decide(String task) {
    List<EdgeState> edges = new ArrayList<>();
    for (Edge edge : definition.edges()) {
      if (edge.to().equals(task) && included.contains(edge.from())) {
        edges.add(edge(edge.from(), task));
      }
    }
    if (isConditions(task)) {
      edges.replaceAll(state -> state == EdgeState.FAILED ? EdgeState.OPEN : state);
    }
    if (edges.contains(EdgeState.FAILED) || edges.contains(EdgeState.DEAD)) {
      return Fate.HELD_UP;
    }
    if (edges.contains(EdgeState.UNDECIDED)) {
      return Fate.UNDECIDED;
    }
    return edges.isEmpty() || edges.contains(EdgeState.OPEN) ? Fate.READY : Fate.SKIPPED;
  }

  private EdgeState edge(String from, String to) {
    switch (fate(from)) {
      case SKIPPED:
        return EdgeState.SKIPPED;
      case HELD_UP:
        return EdgeState.DEAD;
      case UNDECIDED:
        return EdgeState.UNDECIDED;
      default:
    }
    if (definition(from).forbidden()) {
      return EdgeState.OPEN;
    }
    TaskInstance row = valid.get(from);
    if (row == null || !row.state().isTerminal() || row.isRetryWaiting()) {
      return EdgeState.UNDECIDED;
    }
    if (!row.state().isSuccess()) {
      return EdgeState.FAILED;
    }
    return row.branch() == null || isOnBranch(definition(from), row.branch(), to)
        ? EdgeState.OPEN
        : EdgeState.SKIPPED;
  }

  private static boolean isOnBranch(TaskDefinition decision, String branch, String task) {
    Map<String, List<String>> branches = LogicTasks.branches(decision);
    boolean isNamed = branches.values().stream().anyMatch(names -> names.contains(task));
    return !isNamed || branches.getOrDefault(branch, List.of()).contains(task);
  }

  /** Whether a task runs as soon as it may, and has no row yet. */
  boolean isStillToCome(TaskDefinition task) {
    return fate(task.name()) == Fate.READY && !task.forbidden() && !valid.containsKey(task.name());
  }

  boolean hasStillToCome() {
    return definition.tasks().stream().anyMatch(this::isStillToCome);
  }

  /** Whether a task has ended so, and its failure is not met by CONDITIONS alone. */
  boolean hasUnmet(TaskState state) {
    return has(row -> row.state() == state && !row.isRetryWaiting() && !isMet(row.name()));
  }

  private boolean isMet(String task) {
    boolean hasFollowers = false;
    for (Edge edge : definition.edges()) {
      if (edge.from().equals(task) && included.contains(edge.to())) {
        hasFollowers = true;
        if (!isConditions(edge.to()) || definition(edge.to()).forbidden()) {
          return false;
        }
      }
    }
    return hasFollowers;
  }

  /** How it ends, if nothing more can happen in it. */
  WorkflowState end(WorkflowState before) {
    boolean isPaused = has(row -> row.state() == TaskState.PAUSED);
    boolean isKilled = hasUnmet(TaskState.KILLED);
    boolean isCancelled =
        hasStillToCome()
            || has(
                row ->
                    row.state() == TaskState.FAILED
                        && row.retries() < definition(row.name()).failRetryTimes());
    if (before == WorkflowState.STOPPING && (isPaused || isKilled || isCancelled)) {
      return WorkflowState.STOPPED;
    }
    if (isPaused || (before == WorkflowState.PAUSING && hasStillToCome())) {
      return WorkflowState.PAUSED;
    }
    if (hasUnmet(TaskState.FAILED)) {
      return WorkflowState.FAILED;
    }
    return isKilled ? WorkflowState.STOPPED : WorkflowState.SUCCEEDED;
  }

  /** What a CONDITIONS has to choose. */
  String conditionsBranch(TaskDefinition task) {
    List<Boolean> groups = new ArrayList<>();
    for (LogicTasks.ConditionGroup group : LogicTasks.conditionGroups(task)) {
      List<Boolean> items = new ArrayList<>();
      group.items().forEach(item -> items.add(holds(item)));
      groups.add(group.isAnd() ? !items.contains(false) : items.contains(true));
    }
    boolean holds =
        LogicTasks.isAnd(task.taskParams()) ? !groups.contains(false) : groups.contains(true);
    return holds ? LogicTasks.SUCCESS_BRANCH : LogicTasks.FAILED_BRANCH;
  }

  private boolean holds(LogicTasks.ConditionItem item) {
    TaskInstance row = valid.get(item.task());
    return row == null
        ? item.succeeded() && definition(item.task()).forbidden()
        : row.state().isSuccess() == item.succeeded();
  }

  private boolean has(Predicate<TaskInstance> property) {
    return valid.values().stream().anyMatch(property);
  }

  private boolean isConditions(String task) {
    return definition(task).taskType().equals(LogicTasks.CONDITIONS);
  }

  private TaskDefinition definition(String task) {
    return Truth.task(definition, task);
  }
}
