package io.porpoise.definition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Directed graphs over the nodes {@code 0..n-1}. Every method is linear in nodes plus edges and
 * none recurses.
 */
public final class Graphs {
  private Graphs() {}

  /**
   * Edges by their source: the targets of node {@code i} are {@code targets[starts[i]] ..
   * targets[starts[i+1]-1]}.
   */
  public record Adjacency(int[] starts, int[] targets) {
    /** Edges {@code from[k] -> to[k]}, in their given order per node. */
    public static Adjacency of(int nodes, int[] from, int[] to) {
      int[] starts = new int[nodes + 1];
      for (int source : from) {
        starts[source + 1]++;
      }
      for (int i = 0; i < nodes; i++) {
        starts[i + 1] += starts[i];
      }
      int[] next = Arrays.copyOf(starts, nodes);
      int[] targets = new int[to.length];
      for (int k = 0; k < to.length; k++) {
        targets[next[from[k]]++] = to[k];
      }
      return new Adjacency(starts, targets);
    }

    public int nodes() {
      return starts.length - 1;
    }
  }

  /**
   * Every node after all its predecessors; shorter than the graph when there are cycles, whose
   * nodes are then missing.
   */
  public static int[] topologicalOrder(Adjacency successors) {
    int nodes = successors.nodes();
    int[] undecided = new int[nodes];
    for (int target : successors.targets()) {
      undecided[target]++;
    }
    int[] order = new int[nodes];
    int size = 0;
    for (int node = 0; node < nodes; node++) {
      if (undecided[node] == 0) {
        order[size++] = node;
      }
    }
    for (int done = 0; done < size; done++) {
      int node = order[done];
      for (int k = successors.starts()[node]; k < successors.starts()[node + 1]; k++) {
        if (--undecided[successors.targets()[k]] == 0) {
          order[size++] = successors.targets()[k];
        }
      }
    }
    return Arrays.copyOf(order, size);
  }

  /**
   * Cycles without a common node, each in the direction of its edges; at least one if there is any.
   * They need not be all cycles: when these are cut, more may be left.
   */
  public static List<int[]> cycles(Adjacency successors) {
    int nodes = successors.nodes();
    byte[] colour = new byte[nodes]; // 0 new, 1 on the present path, 2 done
    int[] nextEdge = Arrays.copyOf(successors.starts(), nodes);
    int[] path = new int[nodes];
    List<int[]> cycles = new ArrayList<>();
    for (int root = 0; root < nodes; root++) {
      int depth = 0;
      if (colour[root] == 0) {
        colour[root] = 1;
        path[depth++] = root;
      }
      while (depth > 0) {
        int node = path[depth - 1];
        if (nextEdge[node] == successors.starts()[node + 1]) {
          colour[node] = 2;
          depth--;
          continue;
        }
        int target = successors.targets()[nextEdge[node]++];
        if (colour[target] == 0) {
          colour[target] = 1;
          path[depth++] = target;
        } else if (colour[target] == 1) {
          int start = depth - 1;
          while (path[start] != target) {
            start--;
          }
          cycles.add(Arrays.copyOfRange(path, start, depth));
          // Nodes of a reported cycle are done with: another cycle through them would tell little
          // more.
          for (; depth > start; depth--) {
            colour[path[depth - 1]] = 2;
          }
        }
      }
    }
    return cycles;
  }
}
