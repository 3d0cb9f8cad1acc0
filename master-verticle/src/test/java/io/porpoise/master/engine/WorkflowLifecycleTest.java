package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.NodeId;
import io.porpoise.definition.Edge;
import io.porpoise.definition.ExecutionType;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.TaskEvent.Assigned;
import io.porpoise.master.engine.TaskEvent.Failed;
import io.porpoise.master.engine.TaskEvent.Killed;
import io.porpoise.master.engine.TaskEvent.RetryDue;
import io.porpoise.master.engine.TaskEvent.Started;
import io.porpoise.master.engine.TaskEvent.Succeeded;
import io.porpoise.master.engine.graph.ExecutionGraph;
import io.porpoise.store.RunStore.VersionedDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkflowLifecycleTest {
  private static final NodeId W1 = new NodeId("w1");
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private long nextId = 100;
  private final Map<Long, TaskInstance> rows = new LinkedHashMap<>();
  private final List<Effect> effects = new ArrayList<>();
  private FailureStrategy strategy = FailureStrategy.CONTINUE;
  private StartOptions options = StartOptions.NONE;
  private List<Parameter> globals = List.of();
  private WorkflowRun run;

  @Test
  void a_chain_runs_to_success_one_after_the_other() {
    start("a->b");
    assertThat(states()).isEqualTo(Map.of("a", TaskState.SUBMITTED));

    succeed("a");
    assertThat(state("b")).isEqualTo(TaskState.SUBMITTED);

    succeed("b");
    assertThat(run.instance().state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(effects).contains(new Effect.Forget());
  }

  @Test
  void a_failure_lets_other_branches_end_and_then_fails_the_instance() {
    start("a->b c->d");

    fail("a");
    assertThat(run.instance().state()).isEqualTo(WorkflowState.RUNNING);

    succeed("c");
    succeed("d");
    assertThat(run.instance().state()).isEqualTo(WorkflowState.FAILED);
    assertThat(run.instance().reason().text()).contains("'a'");
    assertThat(states()).doesNotContainKey("b");
  }

  @Test
  void with_the_strategy_end_a_failure_kills_what_runs() {
    strategy = FailureStrategy.END;
    start("a->b c->d");
    assign("c");

    fail("a");
    assertThat(run.task(current("c").id()).isKilling()).isTrue();

    event("c", new Killed(W1));
    assertThat(run.instance().state()).isEqualTo(WorkflowState.FAILED);
    assertThat(states()).doesNotContainKeys("b", "d");
  }

  @Test
  void a_retry_is_a_new_row_and_the_old_one_is_invalid() {
    startWith(List.of(TaskDefinition.shell("a", "x").withRetries(1, Duration.ofSeconds(5))));
    long first = current("a").id().value();

    fail("a");
    assertThat(run.instance().state()).isEqualTo(WorkflowState.RUNNING);

    event("a", new RetryDue());
    assertThat(rows.get(first).valid()).isFalse();
    assertThat(current("a").attempt()).isEqualTo(2);
    assertThat(current("a").retries()).isEqualTo(1);
    assertThat(current("a").firstSubmitTime()).isEqualTo(rows.get(first).firstSubmitTime());

    fail("a");
    assertThat(run.instance().state()).isEqualTo(WorkflowState.FAILED);
  }

  @Test
  void a_stop_ends_an_instance_whose_task_waits_for_its_retry() {
    startWith(List.of(TaskDefinition.shell("a", "x").withRetries(3, Duration.ofSeconds(5))));
    fail("a");

    apply(new WorkflowEvent.StopRequested("admin"));

    assertThat(run.instance().state()).isEqualTo(WorkflowState.STOPPED);
    assertThat(run.instance().reason().text()).isEqualTo("stopped by admin");
  }

  @Test
  void a_stop_waits_for_running_tasks_to_be_dead() {
    start("a->b");
    assign("a");

    apply(new WorkflowEvent.StopRequested("admin"));
    assertThat(run.instance().state()).isEqualTo(WorkflowState.STOPPING);
    assertThat(effects).contains(new Effect.SendKill(current("a").id(), W1));

    event("a", new Killed(W1));
    assertThat(run.instance().state()).isEqualTo(WorkflowState.STOPPED);
  }

  @Test
  void a_second_stop_sends_the_kills_again() {
    start("a->b");
    assign("a");
    apply(new WorkflowEvent.StopRequested("admin"));
    effects.clear();

    apply(new WorkflowEvent.StopRequested("admin"));

    assertThat(effects).containsExactly(new Effect.SendKill(current("a").id(), W1));
  }

  @Test
  void a_stop_that_comes_too_late_for_anything_lets_the_instance_succeed() {
    start("a->");
    assign("a");
    apply(new WorkflowEvent.StopRequested("admin"));

    event("a", new Succeeded(W1, now, Map.of()));

    assertThat(run.instance().state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @Test
  void a_stop_before_the_beginning_ends_at_once() {
    make(List.of(TaskDefinition.shell("a", "x")), List.of());

    apply(new WorkflowEvent.StopRequested("admin"));

    assertThat(run.instance().state()).isEqualTo(WorkflowState.STOPPED);
    assertThat(states()).isEmpty();
  }

  @Test
  void a_dry_run_of_ten_thousand_tasks_in_a_row_succeeds_at_once() {
    options = new StartOptions(Map.of(), List.of(), null, null, null, null, null, true, null);
    List<TaskDefinition> tasks = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      tasks.add(TaskDefinition.shell("t" + i, "x"));
      if (i > 0) {
        edges.add(new Edge("t" + (i - 1), "t" + i));
      }
    }
    make(tasks, edges);

    apply(new WorkflowEvent.Begin());

    assertThat(run.instance().state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(rows).hasSize(10_000);
  }

  @Test
  void a_run_rebuilt_from_its_rows_goes_on_where_it_was() {
    start("a->c b->c c->d");
    succeed("a");
    assign("b");
    List<TaskInstance> valid = run.tasks();

    run = WorkflowRun.restore(run.definition(), run.graph(), run.instance(), valid);
    effects.clear();
    apply(new WorkflowEvent.Adopted());
    assertThat(effects).containsExactly(new Effect.SendDispatch(current("b").id(), W1, 1));

    event("b", new Succeeded(W1, now, Map.of()));
    assertThat(state("c")).isEqualTo(TaskState.SUBMITTED);
    succeed("c");
    succeed("d");
    assertThat(run.instance().state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @Test
  void a_global_out_parameter_is_an_output_of_the_instance() {
    globals = List.of(Parameter.out("rows"));
    start("a->b");
    assign("a");
    event("a", new Succeeded(W1, now, Map.of("rows", "42", "other", "x")));
    succeed("b");

    assertThat(run.instance().outputs()).isEqualTo(Map.of("rows", "42"));
  }

  @Test
  void every_change_of_state_is_in_the_history_with_its_cause_and_actor() {
    start("a->");
    assign("a");

    Step step =
        WorkflowLifecycle.apply(
            run,
            new WorkflowEvent.OfTask(current("a").id(), new Succeeded(W1, now, Map.of()), "w1"),
            now,
            this::id,
            3);

    assertThat(step.history())
        .extracting(
            e -> e.task() + " " + e.from() + " " + e.to() + " " + e.cause() + " " + e.actor())
        .containsExactly(
            "a DISPATCHED SUCCEEDED Succeeded w1", "null RUNNING SUCCEEDED Settled master");
  }

  private void start(String arrows) {
    List<Edge> edges = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String arrow : arrows.split(" ")) {
      String[] ends = arrow.split("->");
      for (String end : ends) {
        if (!names.contains(end)) {
          names.add(end);
        }
      }
      if (ends.length == 2) {
        edges.add(new Edge(ends[0], ends[1]));
      }
    }
    make(names.stream().map(name -> TaskDefinition.shell(name, "x")).toList(), edges);
    apply(new WorkflowEvent.Begin());
  }

  private void startWith(List<TaskDefinition> tasks) {
    make(tasks, List.of());
    apply(new WorkflowEvent.Begin());
  }

  private void make(List<TaskDefinition> tasks, List<Edge> edges) {
    WorkflowDefinition definition =
        new WorkflowDefinition(
            "w",
            "",
            ExecutionType.PARALLEL,
            strategy,
            Priority.MEDIUM,
            null,
            null,
            globals,
            tasks,
            edges);
    Map<String, Long> codes = new LinkedHashMap<>();
    tasks.forEach(task -> codes.put(task.name(), (long) codes.size()));
    WorkflowInstance instance =
        WorkflowInstance.submitted(new WorkflowInstanceId(1), 1, 1, 1, options, "admin", now);
    run =
        WorkflowRun.restore(
            new VersionedDefinition(1, "p", 1, 1, definition, codes, null),
            new ExecutionGraph(definition),
            instance,
            List.of());
  }

  private void succeed(String task) {
    assign(task);
    event(task, new Started(W1, now));
    event(task, new Succeeded(W1, now, Map.of()));
  }

  private void fail(String task) {
    assign(task);
    event(task, new Failed(W1, now, 1, new Reason("EXIT_CODE", "exit code 1")));
  }

  private void assign(String task) {
    event(task, new Assigned(W1, Map.of()));
  }

  private void event(String task, TaskEvent event) {
    apply(new WorkflowEvent.OfTask(current(task).id(), event, "test"));
  }

  private void apply(WorkflowEvent event) {
    now = now.plusMillis(10);
    Step step = WorkflowLifecycle.apply(run, event, now, this::id, 3);
    assertThat(step.kind()).isNotEqualTo(StepKind.UNEXPECTED);
    step.tasks().forEach(task -> rows.put(task.id().value(), task));
    effects.addAll(step.effects());
  }

  private long id() {
    return nextId++;
  }

  private TaskInstance current(String task) {
    return run.current(run.graph().indexOf(task));
  }

  private TaskState state(String task) {
    return current(task).state();
  }

  private Map<String, TaskState> states() {
    Map<String, TaskState> states = new LinkedHashMap<>();
    run.tasks().forEach(task -> states.put(task.name(), task.state()));
    return states;
  }
}
