package io.porpoise.master.engine.graph;

import io.porpoise.instance.NodeScope;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which tasks of one instance may start (SEMANTICS.md, section 3: "edges decide"). Mutable, owned
 * by one mailbox; every edge is decided once, so an instance costs time in proportion to its edges
 * and no more.
 *
 * <p>An edge is <em>open</em> when its source passed, <em>skipped</em> when its source was skipped
 * or has chosen another branch, <em>failed</em> when its source ended badly or can never run. A
 * task is ready when no edge is undecided, none failed and one is open, or when it has none. A
 * CONDITIONS task is ready as well when sources ended badly; one that can never run holds it up all
 * the same, for it never ends.
 */
public final class Readiness {
  /** What is known about a node, as its out-edges see it. */
  public enum Verdict {
    /** It has not ended and may still run. */
    UNDECIDED,
    /** Its out-edges are open. */
    PASSED,
    /** Its out-edges are skipped. */
    SKIPPED,
    /** It ended badly: its out-edges are failed. */
    FAILED,
    /** It can never run, because something before it ended badly: its out-edges are failed. */
    HELD_UP,
    /** It is not part of this run (start nodes): edges from it do not count. */
    EXCLUDED
  }

  private final ExecutionGraph graph;
  private final Verdict[] verdicts;
  private final String[] chosen;
  private final int[] undecided;
  private final int[] open;
  private final boolean[] announced;

  /**
   * A run of the whole graph, or of the part that the start nodes name.
   *
   * @param startNodes empty: the whole graph
   */
  public Readiness(ExecutionGraph graph, Collection<Integer> startNodes, NodeScope scope) {
    this.graph = graph;
    verdicts = new Verdict[graph.size()];
    chosen = new String[graph.size()];
    undecided = new int[graph.size()];
    open = new int[graph.size()];
    announced = new boolean[graph.size()];
    boolean[] included = included(graph, startNodes, scope);
    for (int node = 0; node < verdicts.length; node++) {
      verdicts[node] = included[node] ? Verdict.UNDECIDED : Verdict.EXCLUDED;
    }
    for (int node = 0; node < verdicts.length; node++) {
      for (int predecessor : graph.predecessors(node)) {
        if (included[predecessor]) {
          undecided[node]++;
        }
      }
    }
  }

  private static boolean[] included(
      ExecutionGraph graph, Collection<Integer> startNodes, NodeScope scope) {
    if (startNodes.isEmpty()) {
      boolean[] all = new boolean[graph.size()];
      java.util.Arrays.fill(all, true);
      return all;
    }
    return switch (scope) {
      case TASK_POST -> graph.reach(startNodes, true);
      case TASK_PRE -> graph.reach(startNodes, false);
      case TASK_ONLY -> {
        boolean[] only = new boolean[graph.size()];
        startNodes.forEach(node -> only[node] = true);
        yield only;
      }
    };
  }

  public Verdict verdict(int node) {
    return verdicts[node];
  }

  /** Whether a node is neither decided nor left out: it runs, waits, or is still to come. */
  public boolean isUndecided(int node) {
    return verdicts[node] == Verdict.UNDECIDED;
  }

  /**
   * Whether the failure of a node is met by what follows: all of it is CONDITIONS, so it does not
   * fail the instance.
   */
  public boolean isFailureMet(int node) {
    boolean isMet = false;
    for (int successor : graph.successors(node)) {
      if (verdicts[successor] != Verdict.EXCLUDED) {
        if (!graph.isConditions(successor) || graph.task(successor).forbidden()) {
          return false;
        }
        isMet = true;
      }
    }
    return isMet;
  }

  /** Announces, once, all nodes that can start without any other having ended. */
  public void begin(IntConsumer ready) {
    ArrayDeque<Integer> decided = new ArrayDeque<>();
    for (int node = 0; node < verdicts.length; node++) {
      if (verdicts[node] == Verdict.UNDECIDED && undecided[node] == 0) {
        becomeReady(node, ready, decided);
      }
    }
    propagate(decided, ready);
  }

  /** A node has ended; announces the nodes that this makes ready. */
  public void decide(int node, Verdict verdict, IntConsumer ready) {
    decide(node, verdict, null, ready);
  }

  /**
   * A node has ended; announces the nodes that this makes ready.
   *
   * @param branch what a node that passed has chosen of what follows, or null: all
   */
  public void decide(int node, Verdict verdict, String branch, IntConsumer ready) {
    if (verdicts[node] != Verdict.UNDECIDED) {
      return;
    }
    chosen[node] = branch;
    announced[node] = true;
    verdicts[node] = verdict;
    ArrayDeque<Integer> decided = new ArrayDeque<>(List.of(node));
    propagate(decided, ready);
  }

  private void propagate(ArrayDeque<Integer> decided, IntConsumer ready) {
    while (!decided.isEmpty()) {
      int node = decided.poll();
      for (int successor : graph.successors(node)) {
        if (verdicts[successor] == Verdict.UNDECIDED && !announced[successor]) {
          edgeDecided(successor, ofEdge(node, successor), ready, decided);
        }
      }
    }
  }

  private Verdict ofEdge(int node, int successor) {
    return verdicts[node] == Verdict.PASSED && !graph.opens(node, chosen[node], successor)
        ? Verdict.SKIPPED
        : verdicts[node];
  }

  private void edgeDecided(
      int node, Verdict source, IntConsumer ready, ArrayDeque<Integer> decided) {
    undecided[node]--;
    boolean isMet = source == Verdict.FAILED && graph.isConditions(node);
    if (source == Verdict.HELD_UP || (source == Verdict.FAILED && !isMet)) {
      verdicts[node] = Verdict.HELD_UP; // whatever the other edges bring, it can never run
      decided.add(node);
      return;
    }
    if (source == Verdict.PASSED || isMet) {
      open[node]++;
    }
    if (undecided[node] > 0) {
      return;
    }
    if (open[node] > 0) {
      becomeReady(node, ready, decided);
    } else {
      verdicts[node] = Verdict.SKIPPED;
      decided.add(node);
    }
  }

  private void becomeReady(int node, IntConsumer ready, ArrayDeque<Integer> decided) {
    announced[node] = true;
    if (graph.task(node).forbidden()) {
      verdicts[node] = Verdict.PASSED;
      decided.add(node);
    } else {
      ready.accept(node);
    }
  }
}
