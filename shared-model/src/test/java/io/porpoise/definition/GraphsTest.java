package io.porpoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphsTest {
  private static Graphs.Adjacency graph(int nodes, int... pairs) {
    int[] from = new int[pairs.length / 2];
    int[] to = new int[pairs.length / 2];
    for (int k = 0; k < from.length; k++) {
      from[k] = pairs[2 * k];
      to[k] = pairs[2 * k + 1];
    }
    return Graphs.Adjacency.of(nodes, from, to);
  }

  @Test
  void every_node_comes_after_its_predecessors() {
    assertThat(Graphs.topologicalOrder(graph(4, 3, 1, 1, 0, 3, 2, 2, 0)))
        .containsExactly(3, 1, 2, 0);
  }

  @Test
  void a_graph_without_cycles_has_none() {
    assertThat(Graphs.cycles(graph(4, 0, 1, 0, 2, 1, 3, 2, 3))).isEmpty();
    assertThat(Graphs.cycles(graph(0))).isEmpty();
  }

  @Test
  void cycles_come_in_the_direction_of_their_edges() {
    List<int[]> cycles = Graphs.cycles(graph(6, 0, 1, 1, 2, 2, 3, 3, 1, 4, 4));

    assertThat(cycles).hasSize(2);
    assertThat(cycles.get(0)).containsExactly(1, 2, 3);
    assertThat(cycles.get(1)).containsExactly(4);
  }

  @Test
  void a_very_long_chain_needs_no_stack() {
    int nodes = 1_000_000;
    int[] pairs = new int[2 * nodes];
    for (int i = 0; i < nodes; i++) {
      pairs[2 * i] = i;
      pairs[2 * i + 1] = (i + 1) % nodes;
    }
    assertThat(Graphs.cycles(graph(nodes, pairs))).singleElement().matches(c -> c.length == nodes);
  }

  @Test
  void both_answers_agree_on_random_graphs_and_each_cycle_is_one() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      int nodes = 1 + random.nextInt(12);
      int[] pairs = new int[2 * random.nextInt(20)];
      for (int i = 0; i < pairs.length; i++) {
        pairs[i] = random.nextInt(nodes);
      }
      Graphs.Adjacency graph = graph(nodes, pairs);
      Set<Long> edges = new HashSet<>();
      for (int k = 0; k < pairs.length; k += 2) {
        edges.add(((long) pairs[k] << 32) | pairs[k + 1]);
      }

      List<int[]> cycles = Graphs.cycles(graph);

      assertThat(cycles.isEmpty()).isEqualTo(Graphs.topologicalOrder(graph).length == nodes);
      for (int[] cycle : cycles) {
        for (int i = 0; i < cycle.length; i++) {
          assertThat(edges).contains(((long) cycle[i] << 32) | cycle[(i + 1) % cycle.length]);
        }
      }
    }
  }
}
