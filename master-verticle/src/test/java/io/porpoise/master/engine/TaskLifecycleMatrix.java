package io.porpoise.master.engine;

import io.porpoise.instance.ChildRun;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Probes the pure function with every state and every event, and prints what it says. */
final class TaskLifecycleMatrix {
  private static final WorkflowInstanceId CHILD = Tasks.runningChild().child().id();
  private static final Set<String> OF_WORKERS =
      Set.of(
          "Assigned",
          "Refused",
          "Started",
          "Succeeded",
          "Failed",
          "Killed",
          "NeverStarted",
          "Lost",
          "DispatchTimeoutDue");

  private TaskLifecycleMatrix() {}

  static Map<String, TaskInstance> states(TaskRules.Kind kind) {
    return switch (kind) {
      case PROCESS -> ofProcess();
      case CHILD -> ofChild();
      case DECISION -> Map.of("SUBMITTED", Tasks.submitted());
      case NO_OP -> Map.of("DELAYED", Tasks.delayed());
    };
  }

  private static Map<String, TaskInstance> ofChild() {
    Map<String, TaskInstance> states = new LinkedHashMap<>();
    states.put("SUBMITTED", Tasks.submitted());
    states.put("DISPATCHED", Tasks.startingChild());
    states.put("RUNNING", Tasks.runningChild());
    states.put("DISPATCHED, killing", Tasks.killing(Tasks.startingChild()));
    states.put("RUNNING, killing", Tasks.killing(Tasks.runningChild()));
    return states;
  }

  private static Map<String, TaskInstance> ofProcess() {
    Map<String, TaskInstance> states = new LinkedHashMap<>();
    states.put("DELAYED", Tasks.delayed());
    states.put("SUBMITTED", Tasks.submitted());
    states.put("DISPATCHED", Tasks.dispatched());
    states.put("RUNNING", Tasks.running());
    states.put("DISPATCHED, killing", Tasks.killing(Tasks.dispatched()));
    states.put("RUNNING, killing", Tasks.killing(Tasks.running()));
    states.put("FAILED, retry wait", Tasks.retryWaiting());
    for (TaskState state : TaskState.values()) {
      if (state.isTerminal()) {
        states.put(state.name(), Tasks.ended(state));
      }
    }
    return states;
  }

  static List<TaskEvent> events() {
    return List.of(
        new TaskEvent.Assigned(Tasks.W1, Map.of()),
        new TaskEvent.Unpreparable(Tasks.reason()),
        new TaskEvent.Refused(Tasks.W1, 1, Tasks.reason()),
        new TaskEvent.Started(Tasks.W1, Tasks.NOW),
        new TaskEvent.Succeeded(Tasks.W1, Tasks.NOW, Map.of()),
        new TaskEvent.Failed(Tasks.W1, Tasks.NOW, 1, Tasks.reason()),
        new TaskEvent.Killed(Tasks.W1),
        new TaskEvent.NeverStarted(Tasks.W1),
        new TaskEvent.Lost(Tasks.W1, Tasks.reason()),
        new TaskEvent.RetryDue(),
        new TaskEvent.DelayDue(),
        new TaskEvent.TimeoutDue(),
        new TaskEvent.KillRequested(KillCause.STOP),
        new TaskEvent.PauseRequested(),
        new TaskEvent.SuccessForced(),
        new TaskEvent.SlotGranted(),
        new TaskEvent.DispatchTimeoutDue(0),
        new TaskEvent.Decided("b", Map.of()),
        new TaskEvent.ChildStarted(new ChildRun(CHILD, 0)),
        new TaskEvent.ChildRefused(Tasks.reason()),
        childEnded(WorkflowState.SUCCEEDED),
        childEnded(WorkflowState.FAILED),
        childEnded(WorkflowState.STOPPED),
        childEnded(WorkflowState.PAUSED));
  }

  private static TaskEvent childEnded(WorkflowState state) {
    return new TaskEvent.ChildEnded(new ChildRun(CHILD, 2), state, null, Map.of());
  }

  /** Those of the events that mean something to a kind of task, for a table that can be read. */
  private static List<TaskEvent> events(TaskRules.Kind kind) {
    return events().stream()
        .filter(
            event -> {
              boolean isOfChild = name(event).startsWith("Child");
              boolean isOfWorker = OF_WORKERS.contains(name(event));
              return switch (kind) {
                case PROCESS -> !isOfChild && !(event instanceof TaskEvent.Decided);
                case CHILD -> !isOfWorker && !(event instanceof TaskEvent.Decided);
                case DECISION -> !isOfChild && !isOfWorker;
                case NO_OP -> !isOfChild && !isOfWorker && !(event instanceof TaskEvent.Decided);
              };
            })
        .toList();
  }

  static String print(TaskRules.Kind kind) {
    StringBuilder text = new StringBuilder("| state |");
    events(kind).forEach(event -> text.append(' ').append(name(event)).append(" |"));
    text.append("\n|---|").append("---|".repeat(events(kind).size())).append('\n');
    states(kind)
        .forEach(
            (name, task) -> {
              text.append("| ").append(name).append(" |");
              for (TaskEvent event : events(kind)) {
                text.append(' ').append(cell(kind, task, event)).append(" |");
              }
              text.append('\n');
            });
    return text.toString();
  }

  static String draw(TaskRules.Kind kind) {
    Diagram diagram = new Diagram();
    states(kind)
        .forEach(
            (name, task) -> {
              for (TaskEvent event : events(kind)) {
                TaskStep step = TaskLifecycle.apply(task, Tasks.rules(kind), event, Tasks.NOW);
                if (step.kind() == StepKind.MOVED) {
                  diagram.add(name, name(event), now(step.task()));
                }
              }
            });
    return diagram.print();
  }

  private static String name(TaskEvent event) {
    return event instanceof TaskEvent.ChildEnded ended
        ? "ChildEnded " + ended.state()
        : event.getClass().getSimpleName();
  }

  private static String cell(TaskRules.Kind kind, TaskInstance task, TaskEvent event) {
    TaskStep step = TaskLifecycle.apply(task, Tasks.rules(kind), event, Tasks.NOW);
    String effects = step.effects().isEmpty() ? "" : " + " + effects(step);
    return switch (step.kind()) {
      case IGNORED -> "·" + effects;
      case UNEXPECTED -> "!";
      case MOVED -> now(step.task()) + effects;
    };
  }

  private static String effects(TaskStep step) {
    return String.join(
        ", ", step.effects().stream().map(e -> e.getClass().getSimpleName()).toList());
  }

  private static String now(TaskInstance task) {
    String state = task.state().name();
    if (task.isKilling()) {
      return state + ", killing";
    }
    return task.isRetryWaiting() ? state + ", retry wait" : state;
  }
}
