package io.porpoise.master.engine.graph;

import io.porpoise.definition.Edge;
import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The shape of one definition version, shared by all its instances; nodes are indexes into the
 * definition's tasks.
 */
public final class ExecutionGraph {
  private final List<TaskDefinition> tasks;
  private final Map<String, Integer> indexes;
  private final int[][] predecessors;
  private final int[][] successors;
  private final Map<Integer, Branches> branches = new HashMap<>(2);
  private final Set<String> outputs = new HashSet<>();
  private final boolean hasChildren;

  public ExecutionGraph(WorkflowDefinition definition) {
    tasks = definition.tasks();
    indexes = new HashMap<>(tasks.size() * 2);
    for (int node = 0; node < tasks.size(); node++) {
      indexes.put(tasks.get(node).name(), node);
    }
    predecessors = neighbours(definition.edges(), false);
    successors = neighbours(definition.edges(), true);
    for (int node = 0; node < tasks.size(); node++) {
      Branches ofTask = Branches.of(tasks.get(node), indexes::get);
      if (ofTask != null) {
        branches.put(node, ofTask);
      }
      outputs.addAll(tasks.get(node).outputNames());
    }
    hasChildren = tasks.stream().anyMatch(LogicTasks::isSubWorkflow);
  }

  private int[][] neighbours(List<Edge> edges, boolean forward) {
    int[] degrees = new int[tasks.size()];
    for (Edge edge : edges) {
      degrees[indexes.get(forward ? edge.from() : edge.to())]++;
    }
    int[][] neighbours = new int[tasks.size()][];
    for (int node = 0; node < degrees.length; node++) {
      neighbours[node] = new int[degrees[node]];
    }
    for (Edge edge : edges) {
      int from = indexes.get(forward ? edge.from() : edge.to());
      int to = indexes.get(forward ? edge.to() : edge.from());
      neighbours[from][--degrees[from]] = to;
    }
    return neighbours;
  }

  public int size() {
    return tasks.size();
  }

  public TaskDefinition task(int node) {
    return tasks.get(node);
  }

  /** The node of a task name, or -1. */
  public int indexOf(String name) {
    return indexes.getOrDefault(name, -1);
  }

  int[] predecessors(int node) {
    return predecessors[node];
  }

  int[] successors(int node) {
    return successors[node];
  }

  /** Whether it runs once all before it have ended, well or badly, to choose what comes next. */
  public boolean isConditions(int node) {
    return tasks.get(node).taskType().equals(LogicTasks.CONDITIONS);
  }

  /**
   * Whether whoever follows a node that has passed may run.
   *
   * @param branch what the node has chosen; null: nothing, all may run
   */
  boolean opens(int node, String branch, int successor) {
    Branches choice = branch == null ? null : branches.get(node);
    return choice == null || choice.opens(branch, successor);
  }

  /** All nodes after these (or before them), themselves included. */
  public boolean[] reach(Collection<Integer> from, boolean forward) {
    return reach(from, forward, node -> true);
  }

  /** The same, over nodes only that are within. */
  public boolean[] reach(Collection<Integer> from, boolean forward, IntPredicate within) {
    boolean[] reached = new boolean[size()];
    ArrayDeque<Integer> next = new ArrayDeque<>(from);
    while (!next.isEmpty()) {
      int node = next.poll();
      if (reached[node]) {
        continue;
      }
      reached[node] = true;
      for (int neighbour : forward ? successors[node] : predecessors[node]) {
        if (within.test(neighbour)) {
          next.add(neighbour);
        }
      }
    }
    return reached;
  }

  /** The nodes before one, nearest first. */
  public Ancestors ancestors(int node) {
    return new Ancestors(this, node);
  }

  /** Whether any task may have an output of this name; what sub-workflows give is not known. */
  public boolean mayGive(String output) {
    return hasChildren || outputs.contains(output);
  }
}
