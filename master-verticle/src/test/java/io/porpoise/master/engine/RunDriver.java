package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.NodeId;
import io.porpoise.definition.Edge;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.ChildRun;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import io.porpoise.instance.Reason;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.graph.ExecutionGraph;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.RunStore.VersionedDefinition;
import io.porpoise.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Drives one instance through its events, with the rows that a database would have. With {@link
 * #takenOverEachTime} another master takes it over before every event, so that nothing counts but
 * the rows.
 */
final class RunDriver {
  static final NodeId W1 = new NodeId("w1");
  static final Reason EXIT_1 = new Reason("EXIT_CODE", "exit code 1");

  final TreeMap<Long, TaskInstance> rows = new TreeMap<>();
  final List<Effect> effects = new ArrayList<>();
  final List<HistoryEntry> history = new ArrayList<>();
  final List<Alert> alerts = new ArrayList<>();
  final List<Long> leftTickets = new ArrayList<>();
  FailureStrategy strategy = FailureStrategy.CONTINUE;
  StartOptions options = StartOptions.NONE;
  List<Parameter> globals = List.of();
  Duration timeout;
  EngineSettings settings = new EngineSettings(3, Duration.ZERO);
  boolean takenOverEachTime;
  Instant now = Instant.parse("2026-03-01T10:00:00Z");
  WorkflowRun run;
  StepKind kind;
  private long nextId = 100;

  /** A graph of shell tasks, as in {@code "a->b a->c d->"}, begun. */
  RunDriver start(String arrows) {
    return start(arrows, Map.of());
  }

  /**
   * @param others the tasks that are not plain shell tasks
   */
  RunDriver start(String arrows, Map<String, TaskDefinition> others) {
    make(arrows, others, WorkflowInstance.Change::done);
    return apply(new WorkflowEvent.Begin());
  }

  RunDriver make(
      String arrows,
      Map<String, TaskDefinition> others,
      java.util.function.Function<WorkflowInstance.Change, WorkflowInstance> change) {
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
    return make(
        names.stream()
            .map(name -> others.getOrDefault(name, TaskDefinition.shell(name, "x")))
            .toList(),
        edges,
        change);
  }

  RunDriver make(
      List<TaskDefinition> tasks,
      List<Edge> edges,
      java.util.function.Function<WorkflowInstance.Change, WorkflowInstance> change) {
    WorkflowDefinition definition =
        new WorkflowDefinition(
            "w",
            "",
            ExecutionType.PARALLEL,
            strategy,
            Priority.MEDIUM,
            timeout,
            null,
            globals,
            tasks,
            edges);
    Map<String, Long> codes = new LinkedHashMap<>();
    tasks.forEach(task -> codes.put(task.name(), (long) codes.size()));
    WorkflowInstance instance =
        WorkflowInstance.submitted(new WorkflowInstanceId(1), 1, 9, 1, options, "admin", now);
    run =
        WorkflowRun.restore(
            new VersionedDefinition(1, "p", 9, 1, definition, codes, null),
            new ExecutionGraph(definition),
            new StoredRun(change.apply(instance.change()), List.of()));
    return this;
  }

  RunDriver apply(WorkflowEvent event) {
    if (takenOverEachTime && !(event instanceof WorkflowEvent.Begin)) {
      takeOver();
    }
    return applyWithoutTakeOver(event);
  }

  RunDriver applyWithoutTakeOver(WorkflowEvent event) {
    now = now.plusMillis(10);
    Step step = WorkflowLifecycle.apply(run, event, now, () -> nextId++, settings);
    kind = step.kind();
    assertThat(kind).as("%s", event).isNotEqualTo(StepKind.UNEXPECTED);
    step.tasks().forEach(task -> rows.put(task.id().value(), task));
    effects.addAll(step.effects());
    history.addAll(step.history());
    alerts.addAll(step.alerts());
    leftTickets.addAll(step.leftTickets());
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Decide decide && isConditions(decide)) {
        int node = run.nodeOf(decide.task().id());
        String branch = Conditions.choose(run, node);
        applyWithoutTakeOver(
            new WorkflowEvent.OfTask(
                decide.task().id(), new TaskEvent.Decided(branch, Map.of()), "master"));
      }
    }
    return this;
  }

  private static boolean isConditions(Effect.Decide decide) {
    return decide.task().taskType().equals("CONDITIONS");
  }

  /** Another master reads the rows and goes on. */
  RunDriver takeOver() {
    run = WorkflowRun.restore(run.definition(), run.graph(), stored());
    return applyWithoutTakeOver(new WorkflowEvent.Adopted());
  }

  StoredRun stored() {
    Map<Long, Integer> former = new HashMap<>();
    List<TaskInstance> valid = new ArrayList<>();
    for (TaskInstance row : rows.values()) {
      if (row.valid()) {
        valid.add(row);
      } else {
        former.merge(row.code(), row.attempt(), Math::max);
      }
    }
    return new StoredRun(run.instance(), valid, former);
  }

  RunDriver succeed(String... tasks) {
    for (String task : tasks) {
      assign(task);
      event(task, new TaskEvent.Started(W1, now));
      event(task, new TaskEvent.Succeeded(W1, now, Map.of()));
    }
    return this;
  }

  RunDriver fail(String... tasks) {
    for (String task : tasks) {
      assign(task);
      event(task, new TaskEvent.Failed(W1, now, 1, EXIT_1));
    }
    return this;
  }

  RunDriver assign(String task) {
    return event(task, new TaskEvent.Assigned(W1, Map.of()));
  }

  RunDriver choose(String task, String branch) {
    return event(task, new TaskEvent.Decided(branch, Map.of()));
  }

  RunDriver childStarts(String task, long child) {
    return event(task, new TaskEvent.ChildStarted(new ChildRun(new WorkflowInstanceId(child), 0)));
  }

  RunDriver childEnds(String task, long child, int round, WorkflowState state) {
    return event(
        task,
        new TaskEvent.ChildEnded(
            new ChildRun(new WorkflowInstanceId(child), round), state, null, Map.of("o", "1")));
  }

  RunDriver event(String task, TaskEvent event) {
    return apply(new WorkflowEvent.OfTask(current(task).id(), event, "test"));
  }

  RunDriver stop() {
    return apply(new WorkflowEvent.StopRequested("admin"));
  }

  RunDriver pause() {
    return apply(new WorkflowEvent.PauseRequested("admin"));
  }

  RunDriver reopen(Reopening how) {
    return apply(new WorkflowEvent.ReopenRequested(how, 0, "admin"));
  }

  TaskInstance current(String task) {
    TaskInstance current = run.current(run.graph().indexOf(task));
    assertThat(current).as("attempt of %s", task).isNotNull();
    return current;
  }

  WorkflowState state() {
    return run.instance().state();
  }

  TaskState state(String task) {
    return current(task).state();
  }

  /** The states of all that have a valid attempt, as in {@code "a=SUCCEEDED b=RUNNING"}. */
  String states() {
    return String.join(
        " ", run.tasks().stream().map(task -> task.name() + "=" + task.state()).toList());
  }
}
