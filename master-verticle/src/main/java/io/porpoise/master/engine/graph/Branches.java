package io.porpoise.master.engine.graph;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.TaskDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The branches of a SWITCH or CONDITIONS: which nodes each of them names. */
final class Branches {
  private final Map<String, Set<Integer>> byName;

  private Branches(Map<String, Set<Integer>> byName) {
    this.byName = byName;
  }

  /** Those of a task, or null: it is of another type. */
  static Branches of(TaskDefinition task, Function<String, Integer> indexes) {
    Map<String, Set<Integer>> byName = new HashMap<>();
    for (Map.Entry<String, List<String>> branch : LogicTasks.branches(task).entrySet()) {
      Set<Integer> nodes = new HashSet<>();
      branch.getValue().forEach(name -> nodes.add(indexes.apply(name)));
      byName.put(branch.getKey(), nodes);
    }
    return byName.isEmpty() ? null : new Branches(byName);
  }

  /** A node that no branch names is not a matter of choice: it follows in any case. */
  boolean opens(String chosen, int node) {
    Set<Integer> named = byName.get(chosen);
    return (named != null && named.contains(node))
        || byName.values().stream().noneMatch(nodes -> nodes.contains(node));
  }
}
