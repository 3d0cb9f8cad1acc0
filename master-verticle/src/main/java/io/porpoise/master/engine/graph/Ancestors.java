package io.porpoise.master.engine.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The ancestors of a node, nearest first (by number of edges); what is farther away is only looked
 * for when it is asked for.
 */
public final class Ancestors {
  private final ExecutionGraph graph;
  private final BitSet seen = new BitSet();
  private List<Integer> level;

  Ancestors(ExecutionGraph graph, int node) {
    this.graph = graph;
    level = List.of(node);
  }

  /** Those that are one edge farther away, in a stable order; empty: there are no more. */
  public List<Integer> next() {
    List<Integer> above = new ArrayList<>();
    for (int below : level) {
      for (int predecessor : graph.predecessors(below)) {
        if (!seen.get(predecessor)) {
          seen.set(predecessor);
          above.add(predecessor);
        }
      }
    }
    level = above;
    return above;
  }
}
