package io.porpoise.master.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.Edge;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.NodeScope;
import io.porpoise.master.engine.graph.Readiness.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final List<String> started = new ArrayList<>();
  private ExecutionGraph graph;
  private Readiness readiness;

  @Test
  void a_task_starts_when_all_before_it_have_passed() {
    given("a->c b->c");

    assertThat(started).containsExactly("a", "b");

    ends("a", Verdict.PASSED);
    assertThat(started).isEmpty();

    ends("b", Verdict.PASSED);
    assertThat(started).containsExactly("c");
  }

  @Test
  void nothing_after_a_failure_starts_however_many_edges_are_open() {
    given("a->c b->c c->d");

    ends("a", Verdict.FAILED);
    ends("b", Verdict.PASSED);

    assertThat(started).isEmpty();
    assertThat(readiness.verdict(graph.indexOf("d"))).isEqualTo(Verdict.HELD_UP);
  }

  @Test
  void a_task_with_one_open_and_one_skipped_edge_starts() {
    given("a->c b->c");

    ends("a", Verdict.SKIPPED);
    ends("b", Verdict.PASSED);

    assertThat(started).containsExactly("c");
  }

  @Test
  void a_task_all_of_whose_edges_are_skipped_is_skipped_itself() {
    given("a->b b->c");

    ends("a", Verdict.SKIPPED);

    assertThat(started).isEmpty();
    assertThat(readiness.verdict(graph.indexOf("c"))).isEqualTo(Verdict.SKIPPED);
  }

  @Test
  void a_forbidden_task_is_passed_over() {
    givenForbidden("b", "a->b b->c");

    ends("a", Verdict.PASSED);

    assertThat(started).containsExactly("c");
  }

  @Test
  void a_start_from_a_node_does_not_wait_for_what_is_before_it() {
    graph = graph(null, "a->b b->c x->c");
    begin(List.of(graph.indexOf("b")), NodeScope.TASK_POST);

    assertThat(started).containsExactly("b");

    ends("b", Verdict.PASSED);
    assertThat(started).containsExactly("c");
  }

  @Test
  void a_start_of_only_one_node_starts_nothing_else() {
    graph = graph(null, "a->b b->c");
    begin(List.of(graph.indexOf("b")), NodeScope.TASK_ONLY);
    ends("b", Verdict.PASSED);

    assertThat(started).isEmpty();
    assertThat(readiness.isUndecided(graph.indexOf("c"))).isFalse();
  }

  @Test
  void a_start_up_to_a_node_runs_all_before_it() {
    graph = graph(null, "a->b b->c x->y");
    begin(List.of(graph.indexOf("b")), NodeScope.TASK_PRE);

    assertThat(started).containsExactly("a");
  }

  @Test
  void a_chain_of_ten_thousand_forbidden_tasks_costs_no_stack() {
    List<TaskDefinition> tasks = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      tasks.add(forbidden("t" + i));
      if (i > 0) {
        edges.add(new Edge("t" + (i - 1), "t" + i));
      }
    }
    tasks.add(TaskDefinition.shell("last", "true"));
    edges.add(new Edge("t9999", "last"));
    graph = new ExecutionGraph(WorkflowDefinition.of("long", tasks, edges));
    begin(List.of(), NodeScope.TASK_POST);

    assertThat(started).containsExactly("last");
  }

  @Test
  void ancestors_come_nearest_first() {
    graph = graph(null, "a->b b->d c->d");

    Ancestors ancestors = graph.ancestors(graph.indexOf("d"));
    assertThat(ancestors.next()).containsExactlyInAnyOrder(graph.indexOf("b"), graph.indexOf("c"));
    assertThat(ancestors.next()).containsExactly(graph.indexOf("a"));
    assertThat(ancestors.next()).isEmpty();
  }

  private void given(String edges) {
    givenForbidden(null, edges);
  }

  private void givenForbidden(String forbidden, String edges) {
    graph = graph(forbidden, edges);
    begin(List.of(), NodeScope.TASK_POST);
  }

  private void begin(List<Integer> startNodes, NodeScope scope) {
    readiness = new Readiness(graph, startNodes, scope);
    readiness.begin(this::start);
  }

  private void ends(String task, Verdict verdict) {
    started.clear();
    readiness.decide(graph.indexOf(task), verdict, this::start);
  }

  private void start(int node) {
    started.add(graph.task(node).name());
  }

  private static ExecutionGraph graph(String forbidden, String edges) {
    List<Edge> arrows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String arrow : edges.split(" ")) {
      String[] ends = arrow.split("->");
      arrows.add(new Edge(ends[0], ends[1]));
      for (String end : ends) {
        if (!names.contains(end)) {
          names.add(end);
        }
      }
    }
    List<TaskDefinition> tasks =
        names.stream()
            .sorted()
            .map(name -> name.equals(forbidden) ? forbidden(name) : TaskDefinition.shell(name, "x"))
            .toList();
    return new ExecutionGraph(WorkflowDefinition.of("w", tasks, arrows));
  }

  private static TaskDefinition forbidden(String name) {
    TaskDefinition task = TaskDefinition.shell(name, "true");
    return new TaskDefinition(
        name,
        "",
        task.taskType(),
        true,
        task.priority(),
        null,
        null,
        null,
        0,
        task.failRetryInterval(),
        null,
        task.timeoutStrategy(),
        task.delayTime(),
        null,
        0,
        List.of(),
        false,
        -1,
        -1,
        task.onWorkerLoss(),
        false,
        List.of(),
        task.taskParams());
  }
}
