package io.porpoise.master.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.Edge;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.child.ChildOrder;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.master.engine.graph.ExecutionGraph;
import io.porpoise.store.RunStore.VersionedDefinition;
import io.porpoise.store.StoredRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users write and tasks print can fail a task on its shard's event loop, and nothing else. */
class UserDataTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final WorkflowInstanceId ID = new WorkflowInstanceId(1);

  private final List<TaskInstance> rows = new ArrayList<>();
  private List<Parameter> globals = List.of();
  private Map<String, String> start = Map.of();
  private Map<String, String> inherited = Map.of();

  /** The last task is the one in question; each task follows the one before. */
  private Actor actor(TaskDefinition... tasks) {
    List<Edge> edges =
        IntStream.range(1, tasks.length)
            .mapToObj(i -> new Edge(tasks[i - 1].name(), tasks[i].name()))
            .toList();
    Map<String, Long> codes = new LinkedHashMap<>();
    for (TaskDefinition task : tasks) {
      codes.put(task.name(), (long) codes.size());
    }
    WorkflowDefinition definition =
        new WorkflowDefinition(
            "w",
            "",
            ExecutionType.PARALLEL,
            FailureStrategy.CONTINUE,
            Priority.MEDIUM,
            null,
            null,
            globals,
            List.of(tasks),
            edges);
    StartOptions options =
        new StartOptions(start, List.of(), null, null, null, null, null, false, null, inherited);
    WorkflowInstance instance =
        WorkflowInstance.submitted(ID, 1, 9, 1, options, "admin", NOW)
            .change()
            .startTime(NOW)
            .done();
    row(tasks[tasks.length - 1], TaskState.SUBMITTED, Map.of());
    return new Actor(
        WorkflowRun.restore(
            new VersionedDefinition(1, "p", 9, 1, definition, codes, null),
            new ExecutionGraph(definition),
            new StoredRun(instance, rows)));
  }

  private void row(TaskDefinition task, TaskState state, Map<String, String> outputs) {
    rows.add(
        new TaskInstance(
            new TaskInstanceId(rows.size() + 1),
            ID,
            rows.size(), // its code
            task.name(),
            task.taskType(),
            state,
            true,
            1,
            0,
            0,
            0,
            "default",
            null,
            NOW,
            NOW,
            null,
            state == TaskState.SUCCEEDED ? NOW : null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            outputs));
  }

  private TaskInstance last() {
    return rows.get(rows.size() - 1);
  }

  private static TaskDefinition task(String type, Map<String, Object> params, Parameter... local) {
    return TaskDefinition.of("t", type, params).withParams(List.of(local));
  }

  private static List<Parameter> bomb() {
    return List.of(Parameter.in("a", "x".repeat(40_000)), Parameter.in("bomb", "${a}${a}"));
  }

  private static TaskDefinition child(String name, Parameter... local) {
    return task("SUB_WORKFLOW", Map.of("workflow_name", name), local);
  }

  private static TaskDefinition choice(String... conditions) {
    List<Map<String, Object>> branches = new ArrayList<>();
    for (String condition : conditions) {
      branches.add(Map.of("task", "b" + branches.size(), "condition", condition));
    }
    return task("SWITCH", Map.of("condition", branches));
  }

  @Test
  void a_script_whose_parameters_explode_cannot_be_sent() {
    globals = bomb();
    Actor actor = actor(task("SHELL", Map.of("command", "${bomb}")));

    assertThat(Preparer.prepare(actor, last(), 1, 1).failure().code())
        .isEqualTo("PARAMETERS_TOO_LARGE");
  }

  @Test
  void a_child_whose_name_or_parameters_explode_is_not_ordered() {
    globals = bomb();
    assertThat(ChildOrders.of(actor(child("${bomb}")), last()).failure().code())
        .isEqualTo("PARAMETERS_TOO_LARGE");
    rows.clear();
    assertThat(
            ChildOrders.of(actor(child("c", Parameter.in("p", "${bomb}"))), last())
                .failure()
                .code())
        .isEqualTo("PARAMETERS_TOO_LARGE");
    rows.clear();
    assertThat(ChildOrders.of(actor(child("c")), last()).failure().text())
        .as("globals go down whether the task names them or not")
        .isEqualTo("its parameters grow too large: resolved text larger than 65536 characters");
  }

  @Test
  void a_child_is_ordered_with_what_it_inherits() {
    globals = List.of(Parameter.in("day", "$[yyyyMMdd]"), Parameter.in("hollow", ""));
    start = Map.of("which", "etl");
    ChildOrder.Made made =
        ChildOrders.of(actor(child("${which}", Parameter.in("p", "${day}!"))), last());

    assertThat(made.failure()).isNull();
    assertThat(made.order().workflow()).isEqualTo("etl");
    assertThat(made.order().options().params()).isEqualTo(Map.of("p", "20260301!", "which", "etl"));
    assertThat(made.order().options().inherited()).isEqualTo(Map.of("day", "20260301"));
  }

  @Test
  void a_child_that_would_get_too_much_from_all_levels_together_is_not_ordered() {
    globals = values("g", 20);
    inherited = texts(values("i", 20));
    start = texts(values("s", 20));
    TaskDefinition child = child("c", values("p", 3).toArray(Parameter[]::new));
    assertThat(ChildOrders.of(actor(child), last()).failure()).isNull();

    rows.clear();
    inherited = texts(values("i", 21));
    assertThat(ChildOrders.of(actor(child), last()).failure())
        .isEqualTo(
            new Reason(
                "PARAMETERS_TOO_LARGE",
                "the parameters for its sub-workflow have 4194880 bytes together, the limit is"
                    + " 4194304; pass large data in files"));
  }

  private static List<Parameter> values(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Parameter.in(prefix + (10 + i), "x".repeat(65_536)))
        .toList();
  }

  private static Map<String, String> texts(List<Parameter> parameters) {
    Map<String, String> texts = new LinkedHashMap<>();
    parameters.forEach(parameter -> texts.put(parameter.prop(), parameter.value()));
    return texts;
  }

  @Test
  void a_condition_that_cannot_be_evaluated_fails_its_task_and_says_which() {
    globals = bomb();
    assertThat(reason(choice("${bomb} == 'x'"))).contains("'b0'").contains("grow too large");
    assertThat(reason(choice("1 == 2", "${none} == 'x'")))
        .isEqualTo("condition of branch 'b1': there is no parameter \"none\"");
    assertThat(reason(choice("''.getClass() == 1"))).contains("there is no method \"getClass\"");
    assertThat(reason(choice("new('java.lang.Runtime') == 1"))).contains("unknown word \"new\"");
    assertThat(reason(choice("${a} > 3"))).contains("cannot compare the text");
  }

  @Test
  void conditions_that_compute_too_much_together_fail_their_task() {
    globals = List.of(Parameter.in("t", "x".repeat(60_000)));
    String costly = "${t}" + ".trim()".repeat(190) + " == 'x'";

    assertThat(reason(choice(costly, costly, costly, costly)))
        .startsWith(
            "condition of branch 'b2': with it the conditions of the task compute too much");
  }

  private String reason(TaskDefinition choice) {
    rows.clear();
    TaskEvent event = Decisions.decide(actor(choice), last());
    return ((TaskEvent.Unpreparable) event).reason().text();
  }

  @Test
  void what_a_task_prints_is_text_and_may_hold_placeholders_that_lead_nowhere() {
    TaskDefinition above =
        TaskDefinition.shell("above", "x")
            .withParams(List.of(Parameter.out("out"), Parameter.out("other")));
    row(above, TaskState.SUCCEEDED, Map.of("out", "${out}${other}$[yyyy", "other", "${"));
    Actor actor = actor(above, task("SHELL", Map.of("command", "<${out}>")));

    assertThat(Preparer.prepare(actor, last(), 1, 1).dispatch().taskParams())
        .isEqualTo(Map.of("command", "<${out}${$[yyyy>"));
  }
}
