package io.porpoise.master.engine;

import io.porpoise.instance.KillCause;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Probes the pure function with every state and every event, and prints what it says. */
final class TaskLifecycleMatrix {
  private TaskLifecycleMatrix() {}

  static Map<String, TaskInstance> states() {
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
        new TaskEvent.KillRequested(KillCause.STOP));
  }

  static String print() {
    StringBuilder text = new StringBuilder("| state |");
    events().forEach(event -> text.append(' ').append(name(event)).append(" |"));
    text.append("\n|---|").append("---|".repeat(events().size())).append('\n');
    states()
        .forEach(
            (name, task) -> {
              text.append("| ").append(name).append(" |");
              for (TaskEvent event : events()) {
                text.append(' ').append(cell(task, event)).append(" |");
              }
              text.append('\n');
            });
    return text.toString();
  }

  private static String name(TaskEvent event) {
    return event.getClass().getSimpleName();
  }

  private static String cell(TaskInstance task, TaskEvent event) {
    TaskStep step = TaskLifecycle.apply(task, Tasks.TWO_RETRIES, event, Tasks.NOW);
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
