package io.porpoise.simulation.history;

import io.porpoise.definition.Edge;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.World;
import io.porpoise.simulation.machine.Script;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.simulation.store.SimDatabase;
import io.porpoise.worker.spool.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What is so, as one sees it from outside: rows, processes, definitions; and the way to say that a
 * promise is broken.
 */
final class Truth {
  final World world;
  final SimDatabase database;
  final Map<TaskInstanceId, SimMachine> started = new TreeMap<>();
  final Map<TaskInstanceId, Attempt> alive = new TreeMap<>();
  private final Function<TaskInstanceId, Script> scripts;
  private final Map<Long, WorkflowDefinition> definitions;
  private final boolean hasTrueClocks;
  private long settledAt = Long.MAX_VALUE;
  private boolean isCrowded;

  /**
   * @param hasTrueClocks whether no wall clock is set in this history
   */
  Truth(
      World world,
      SimDatabase database,
      Function<TaskInstanceId, Script> scripts,
      Map<Long, WorkflowDefinition> definitions,
      boolean hasTrueClocks) {
    this.world = world;
    this.database = database;
    this.scripts = scripts;
    this.definitions = definitions;
    this.hasTrueClocks = hasTrueClocks;
  }

  void check(boolean holds, String sentence, Object... about) {
    if (!holds) {
      world.fail(String.format(sentence, about));
    }
  }

  boolean hasTrueClocks() {
    return hasTrueClocks;
  }

  /** Workers take so few tasks that one may wait long for its turn. */
  void isCrowded() {
    isCrowded = true;
  }

  boolean hasRoom() {
    return !isCrowded;
  }

  /** When the faults have been over for so long that nothing should lag behind. */
  void settlesAt(long nanos) {
    settledAt = nanos;
  }

  long settledAt() {
    return settledAt;
  }

  /**
   * Holds that something that could happen from then on happens now, or will still, once the faults
   * have been over.
   */
  void isInTime(long since, Duration atMost, String sentence, Object about) {
    if (settledAt != Long.MAX_VALUE) {
      long late = world.nanos() - Math.max(since, settledAt);
      check(late <= atMost.toNanos(), "%s: %s is %s late", sentence, about, Duration.ofNanos(late));
    }
  }

  Script script(TaskInstanceId id) {
    return scripts.apply(id);
  }

  WorkflowInstance instance(WorkflowInstanceId id) {
    return database.instance(id).orElse(null);
  }

  WorkflowDefinition definition(WorkflowInstanceId id) {
    return definitions.get(instance(id).workflowId());
  }

  WorkflowDefinition definition(long workflowId) {
    return definitions.get(workflowId);
  }

  TaskDefinition definition(TaskInstance task) {
    return task(definition(task.workflowInstanceId()), task.name());
  }

  static TaskDefinition task(WorkflowDefinition definition, String name) {
    for (TaskDefinition task : definition.tasks()) {
      if (task.name().equals(name)) {
        return task;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** The row of an attempt, or null. */
  TaskInstance row(Attempt attempt) {
    for (TaskInstance task : database.tasks(attempt.dispatch().workflowInstance())) {
      if (task.id().equals(attempt.id())) {
        return task;
      }
    }
    return null;
  }

  /** The valid row of a task, or null. */
  TaskInstance valid(WorkflowInstanceId instance, String name) {
    for (TaskInstance task : database.tasks(instance)) {
      if (task.valid() && task.name().equals(name)) {
        return task;
      }
    }
    return null;
  }

  /** What the edges say of an instance with these valid attempts. */
  Edges edges(WorkflowInstance instance, Map<String, TaskInstance> valid) {
    return new Edges(definition(instance.id()), instance.options(), valid);
  }

  /** What the edges say of an instance as it stands. */
  Edges edges(WorkflowInstanceId id) {
    Map<String, TaskInstance> valid = new TreeMap<>();
    for (TaskInstance task : database.tasks(id)) {
      if (task.valid()) {
        valid.put(task.name(), task);
      }
    }
    return edges(instance(id), valid);
  }

  boolean endsOnFailure(WorkflowInstance instance) {
    FailureStrategy chosen = instance.options().failureStrategy();
    FailureStrategy strategy =
        chosen == null ? definition(instance.id()).failureStrategy() : chosen;
    return strategy == FailureStrategy.END;
  }

  /** All tasks before a task, the nearest first, by the number of edges. */
  static List<Set<String>> ancestorsByDistance(WorkflowDefinition definition, String task) {
    List<Set<String>> levels = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    Set<String> level = Set.of(task);
    while (!level.isEmpty()) {
      Set<String> above = new TreeSet<>();
      for (Edge edge : definition.edges()) {
        if (level.contains(edge.to()) && seen.add(edge.from())) {
          above.add(edge.from());
        }
      }
      levels.add(above);
      level = above;
    }
    return levels;
  }
}
