package io.porpoise.definition.document;

import io.porpoise.definition.Edge;
import io.porpoise.definition.Graphs;
import io.porpoise.definition.LogicEdges;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.document.TaskReader.ReadTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks what tasks say about each other, and gives the edges of the graph. */
final class GraphChecker {
  private static final int CYCLE_NAMES_MAX = 20;

  private final Reading reading;
  private final List<ReadTask> tasks;
  private final Map<String, Integer> indexes = new HashMap<>();

  GraphChecker(Reading reading, List<ReadTask> tasks) {
    this.reading = reading;
    this.tasks = tasks;
  }

  /**
   * All edges, implied ones included, each once: by the order of the tasks, so that the order of
   * deps says nothing.
   */
  List<Edge> edges() {
    checkNames();
    checkReferences();
    long[] edges = collect();
    if (edges.length > Limits.EDGES_MAX) {
      reading.wrong(
          0, 0, "tasks", "too many edges: " + edges.length + ", at most " + Limits.EDGES_MAX);
      return List.of();
    }
    checkCycles(edges);
    List<Edge> result = new ArrayList<>(edges.length);
    for (long edge : edges) {
      result.add(new Edge(name(from(edge)), name(to(edge))));
    }
    return result;
  }

  private void checkNames() {
    for (int i = 0; i < tasks.size(); i++) {
      String name = name(i);
      Integer first = name.isEmpty() ? null : indexes.putIfAbsent(name, i);
      if (first != null) {
        tasks
            .get(i)
            .place()
            .wrong(
                "duplicate task name \""
                    + name
                    + "\", first in line "
                    + tasks.get(first).place().node().line());
      }
    }
  }

  private void checkReferences() {
    for (Reading.Reference reference : reading.references()) {
      if (!indexes.containsKey(reference.task())) {
        reference
            .place()
            .wrong(
                "unknown task \""
                    + reference.task()
                    + "\""
                    + reading.didYouMean(reference.task(), indexes.keySet()));
      }
    }
  }

  /** Packed as (to, from), sorted and without doubles. */
  private long[] collect() {
    long[] edges = new long[tasks.size() * 2];
    int size = 0;
    for (ReadTask read : tasks) {
      TaskDefinition task = read.task();
      List<Edge> all = new ArrayList<>(LogicEdges.of(task));
      read.deps().forEach(dep -> all.add(new Edge(dep, task.name())));
      for (Edge edge : all) {
        Integer from = indexes.get(edge.from());
        Integer to = indexes.get(edge.to());
        if (from != null && to != null) {
          if (size == edges.length) {
            edges = Arrays.copyOf(edges, size * 2);
          }
          edges[size++] = (long) to << 32 | from;
        }
      }
    }
    return Arrays.stream(edges, 0, size).sorted().distinct().toArray();
  }

  private void checkCycles(long[] edges) {
    int[] from = new int[edges.length];
    int[] to = new int[edges.length];
    for (int k = 0; k < edges.length; k++) {
      from[k] = from(edges[k]);
      to[k] = to(edges[k]);
    }
    Graphs.Adjacency successors = Graphs.Adjacency.of(tasks.size(), from, to);
    if (Graphs.topologicalOrder(successors).length == tasks.size()) {
      return;
    }
    for (int[] cycle : Graphs.cycles(successors)) {
      StringBuilder names = new StringBuilder();
      for (int i = 0; i < cycle.length; i++) {
        if (i < CYCLE_NAMES_MAX) {
          names.append(name(cycle[i])).append(" -> ");
        } else if (i == CYCLE_NAMES_MAX) {
          names.append("… (").append(cycle.length - CYCLE_NAMES_MAX).append(" more) -> ");
        }
      }
      tasks.get(cycle[0]).place().wrong("cycle: " + names.append(name(cycle[0])));
    }
  }

  private String name(int index) {
    return tasks.get(index).task().name();
  }

  private static int from(long edge) {
    return (int) edge;
  }

  private static int to(long edge) {
    return (int) (edge >>> 32);
  }
}
