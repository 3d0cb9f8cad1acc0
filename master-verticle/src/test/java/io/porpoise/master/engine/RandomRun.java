package io.porpoise.master.engine;

import io.porpoise.definition.Edge;
import io.porpoise.definition.LogicEdges;
import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.instance.ChildRun;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.NodeScope;
import io.porpoise.instance.Priority;
import io.porpoise.instance.Reason;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A random workflow, and what may happen to its instance in the state that it is in. */
final class RandomRun {
  /** One event, of a task or (task null) of the instance. */
  record Happening(String task, TaskEvent ofTask, WorkflowEvent ofInstance) {
    void happen(RunDriver driver) {
      if (ofInstance != null) {
        driver.apply(ofInstance);
      } else {
        driver.event(task, ofTask);
      }
    }
  }

  private static final Reason WHY = new Reason("WHY", "for a reason");
  private static final WorkflowState[] CHILD_ENDS = {
    WorkflowState.SUCCEEDED, WorkflowState.FAILED, WorkflowState.STOPPED, WorkflowState.PAUSED
  };

  private final SplittableRandom random;
  private final List<TaskDefinition> tasks = new ArrayList<>();
  private final Set<Edge> edges = new LinkedHashSet<>();
  private final StartOptions options;
  private final FailureStrategy strategy;
  private int reopenings;
  private long tickets;

  RandomRun(long seed) {
    random = new SplittableRandom(seed);
    int size = random.nextInt(1, 8);
    for (int i = 0; i < size; i++) {
      for (int before = 0; before < i; before++) {
        if (happens(0.35)) {
          edges.add(new Edge("t" + before, "t" + i));
        }
      }
      tasks.add(task(i, size));
    }
    tasks.forEach(task -> edges.addAll(LogicEdges.of(task)));
    strategy = oneOf(FailureStrategy.values());
    options =
        new StartOptions(
            Map.of(),
            happens(0.3) ? List.of("t" + random.nextInt(size)) : List.of(),
            oneOf(NodeScope.values()),
            null,
            null,
            null,
            null,
            happens(0.05),
            null,
            Map.of());
    reopenings = random.nextInt(4);
  }

  RunDriver begin(boolean takenOverEachTime) {
    RunDriver driver = new RunDriver();
    driver.takenOverEachTime = takenOverEachTime;
    driver.options = options;
    driver.strategy = strategy;
    driver.make(tasks, List.copyOf(edges), WorkflowInstance.Change::done);
    return driver.apply(new WorkflowEvent.Begin());
  }

  boolean goesOn(RunDriver driver) {
    return !driver.run.instance().isFinished() || reopenings > 0;
  }

  /** Something that may happen next, as one sees it from the rows. */
  Happening next(RunDriver driver) {
    WorkflowInstance instance = driver.run.instance();
    if (instance.isFinished()) {
      return afterTheEnd(driver);
    }
    if (instance.state() == WorkflowState.SERIAL_WAIT) {
      return ofInstance(
          happens(0.1)
              ? new WorkflowEvent.StopRequested("u")
              : new WorkflowEvent.Admitted(instance.ticket()));
    }
    if (happens(0.03)) {
      return ofInstance(new WorkflowEvent.StopRequested("u"));
    }
    if (happens(0.03)) {
      return ofInstance(new WorkflowEvent.PauseRequested("u"));
    }
    List<TaskInstance> open = driver.run.tasks().stream().filter(WorkflowRun::isOpen).toList();
    TaskInstance task = open.get(random.nextInt(open.size()));
    return new Happening(
        task.name(),
        happens(0.05) ? new TaskEvent.KillRequested(KillCause.USER) : event(driver, task),
        null);
  }

  private Happening afterTheEnd(RunDriver driver) {
    reopenings--;
    for (TaskInstance task : driver.run.tasks()) {
      if (happens(0.1)) {
        return new Happening(task.name(), new TaskEvent.SuccessForced(), null);
      }
    }
    long ticket = happens(0.3) ? ++tickets : 0;
    return ofInstance(new WorkflowEvent.ReopenRequested(oneOf(Reopening.values()), ticket, "u"));
  }

  private static Happening ofInstance(WorkflowEvent event) {
    return new Happening(null, null, event);
  }

  private TaskEvent event(RunDriver driver, TaskInstance task) {
    TaskDefinition definition = driver.run.graph().task(driver.run.nodeOf(task.id()));
    if (definition.timeout() != null && !task.isRetryWaiting() && happens(0.1)) {
      return new TaskEvent.TimeoutDue();
    }
    return switch (task.state()) {
      case DELAYED -> new TaskEvent.DelayDue();
      case SUBMITTED -> submitted(task, definition);
      case DISPATCHED, RUNNING ->
          LogicTasks.isSubWorkflow(definition) ? child(task) : process(task);
      case FAILED -> new TaskEvent.RetryDue();
      case SUCCEEDED, FORCED_SUCCESS, KILLED, PAUSED, LOST ->
          throw new IllegalStateException("not open");
    };
  }

  private TaskEvent submitted(TaskInstance task, TaskDefinition definition) {
    if (LogicTasks.isSubWorkflow(definition)) {
      return new TaskEvent.SlotGranted();
    }
    if (LogicTasks.isDecision(definition)) {
      List<String> ways = List.copyOf(LogicTasks.branches(definition).keySet());
      return happens(0.1)
          ? new TaskEvent.Unpreparable(WHY)
          : new TaskEvent.Decided(ways.get(random.nextInt(ways.size())), Map.of());
    }
    if (task.claim() != null && happens(0.3)) {
      return new TaskEvent.SlotGranted();
    }
    return happens(0.05)
        ? new TaskEvent.Unpreparable(WHY)
        : new TaskEvent.Assigned(RunDriver.W1, Map.of());
  }

  private TaskEvent process(TaskInstance task) {
    boolean isNew = task.state() == TaskState.DISPATCHED;
    int dice = random.nextInt(10);
    if (isNew && dice < 4) {
      return new TaskEvent.Started(RunDriver.W1, task.submitTime());
    }
    if (isNew && dice == 4) {
      return new TaskEvent.Refused(RunDriver.W1, task.dispatches(), WHY);
    }
    if (dice == 5) {
      return new TaskEvent.Lost(RunDriver.W1, WHY);
    }
    if (task.isKilling() && dice < 9) {
      return new TaskEvent.Killed(RunDriver.W1);
    }
    return dice < 8
        ? new TaskEvent.Succeeded(RunDriver.W1, task.submitTime(), Map.of("o", "by " + task.id()))
        : new TaskEvent.Failed(RunDriver.W1, task.submitTime(), 1, WHY);
  }

  private TaskEvent child(TaskInstance task) {
    ChildRun known = task.child();
    if (known == null) {
      ChildRun fresh = new ChildRun(new WorkflowInstanceId(1_000 + task.id().value()), 0);
      return happens(0.1) ? new TaskEvent.ChildRefused(WHY) : new TaskEvent.ChildStarted(fresh);
    }
    if (task.state() == TaskState.DISPATCHED && happens(0.5)) {
      return new TaskEvent.ChildStarted(known);
    }
    int round = happens(0.1) ? known.round() : known.round() + 1;
    return new TaskEvent.ChildEnded(
        new ChildRun(known.id(), round), oneOf(CHILD_ENDS), WHY, Map.of("o", "of the child"));
  }

  private TaskDefinition task(int index, int size) {
    String name = "t" + index;
    if (happens(0.15)) {
      return task(name, LogicTasks.SUB_WORKFLOW, Map.of("workflow_name", "child"));
    }
    if (index < size - 1 && happens(0.2)) {
      List<String> after = after(index, size);
      int split = random.nextInt(after.size() + 1);
      return index == 0 || happens(0.5)
          ? task(
              name,
              LogicTasks.SWITCH,
              Map.of("condition", after.stream().map(way -> Map.of("task", way)).toList()))
          : task(
              name,
              LogicTasks.CONDITIONS,
              Map.of(
                  "op",
                  "AND",
                  "groups",
                  List.of(
                      Map.of(
                          "op",
                          "OR",
                          "groups",
                          List.of(
                              Map.of("task", "t" + random.nextInt(index), "flag", happens(0.5))))),
                  "success_task",
                  after.subList(0, split),
                  "failed_task",
                  after.subList(split, after.size())));
    }
    return task(name, "SHELL", Map.of("command", "x"));
  }

  private List<String> after(int index, int size) {
    List<String> names = new ArrayList<>();
    for (int i = index + 1; i < size; i++) {
      if (happens(0.6) || (i == size - 1 && names.isEmpty())) {
        names.add("t" + i);
      }
    }
    return names;
  }

  private TaskDefinition task(String name, String type, Map<String, Object> taskParams) {
    return new TaskDefinition(
        name,
        "",
        type,
        happens(0.08),
        Priority.MEDIUM,
        null,
        null,
        null,
        happens(0.5) ? random.nextInt(1, 3) : 0,
        Duration.ofSeconds(1),
        happens(0.2) ? Duration.ofSeconds(9) : null,
        oneOf(TimeoutStrategy.values()),
        happens(0.15) ? Duration.ofSeconds(2) : Duration.ZERO,
        happens(0.2) ? "g" : null,
        0,
        List.of(),
        false,
        -1,
        -1,
        OnWorkerLoss.FENCED,
        false,
        List.of(),
        taskParams);
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}
