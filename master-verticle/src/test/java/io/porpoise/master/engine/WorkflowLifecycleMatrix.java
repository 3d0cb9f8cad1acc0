package io.porpoise.master.engine;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.SerialRule;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Probes a workflow instance of two tasks in a row in every state with every event. */
final class WorkflowLifecycleMatrix {
  private WorkflowLifecycleMatrix() {}

  static Map<String, Supplier<RunDriver>> states() {
    Map<String, Supplier<RunDriver>> states = new LinkedHashMap<>();
    states.put("SUBMITTED", () -> make(WorkflowState.SUBMITTED));
    states.put("SERIAL_WAIT", () -> make(WorkflowState.SERIAL_WAIT));
    states.put("RUNNING", WorkflowLifecycleMatrix::running);
    states.put("PAUSING", () -> running().pause());
    states.put("STOPPING", () -> running().stop());
    states.put("PAUSED", () -> new RunDriver().start("a->b").pause());
    states.put("STOPPED", () -> new RunDriver().start("a->b").stop());
    states.put("FAILED", () -> new RunDriver().start("a->b").fail("a"));
    states.put("SUCCEEDED", () -> new RunDriver().start("a->b").succeed("a", "b"));
    return states;
  }

  private static RunDriver make(WorkflowState state) {
    return new RunDriver()
        .make("a->b", Map.of(), change -> change.state(state).ticket(ticket(state)).done());
  }

  private static long ticket(WorkflowState state) {
    return state == WorkflowState.SERIAL_WAIT ? 5 : 0;
  }

  private static RunDriver running() {
    return new RunDriver().start("a->b").assign("a");
  }

  static List<WorkflowEvent> events() {
    return List.of(
        new WorkflowEvent.Begin(),
        new WorkflowEvent.Adopted(),
        new WorkflowEvent.Admitted(5),
        new WorkflowEvent.StopRequested("u"),
        new WorkflowEvent.PauseRequested("u"),
        reopen(Reopening.RESUME, 0),
        reopen(Reopening.RECOVER_FAILED, 0),
        reopen(Reopening.RERUN, 0),
        reopen(Reopening.RERUN, 8));
  }

  private static WorkflowEvent reopen(Reopening how, long ticket) {
    return new WorkflowEvent.ReopenRequested(how, ticket, "u");
  }

  static String print() {
    StringBuilder text = new StringBuilder("| state |");
    events().forEach(event -> text.append(' ').append(name(event)).append(" |"));
    text.append("\n|---|").append("---|".repeat(events().size())).append('\n');
    states()
        .forEach(
            (name, driver) -> {
              text.append("| ").append(name).append(" |");
              for (WorkflowEvent event : events()) {
                text.append(' ').append(cell(driver.get(), event)).append(" |");
              }
              text.append('\n');
            });
    return text.toString();
  }

  /** What events do, and how the end of the last task ends each state. */
  static String draw() {
    Diagram diagram = new Diagram();
    states()
        .forEach(
            (name, make) -> {
              for (WorkflowEvent event : events()) {
                RunDriver driver = make.get();
                WorkflowLifecycle.apply(driver.run, event, driver.now, () -> 900, driver.settings);
                diagram.add(name, name(event), driver.state().name());
              }
            });
    RunDriver last = new RunDriver().start("a->b").succeed("a");
    diagram.add("RUNNING", "b SUCCEEDED", last.succeed("b").state().name());
    ends("RUNNING", WorkflowLifecycleMatrix::running, diagram);
    ends("PAUSING", () -> running().pause(), diagram);
    ends("STOPPING", () -> running().stop(), diagram);
    return diagram.print();
  }

  private static void ends(String name, Supplier<RunDriver> make, Diagram diagram) {
    Map<String, TaskEvent> ends = new LinkedHashMap<>();
    ends.put("a SUCCEEDED", new TaskEvent.Succeeded(Tasks.W1, Tasks.NOW, Map.of()));
    ends.put("a FAILED", new TaskEvent.Failed(Tasks.W1, Tasks.NOW, 1, Tasks.reason()));
    ends.forEach(
        (cause, event) -> diagram.add(name, cause, make.get().event("a", event).state().name()));
    RunDriver killed = make.get();
    killed.event("a", new TaskEvent.KillRequested(KillCause.USER));
    diagram.add(name, "a KILLED", killed.event("a", new TaskEvent.Killed(Tasks.W1)).state().name());
  }

  /** What becomes of an arrival at a definition. */
  static String arrivals() {
    StringBuilder text = new StringBuilder("| type | nobody before it | others before it |\n");
    text.append("|---|---|---|\n");
    for (ExecutionType type : ExecutionType.values()) {
      text.append(
          "| %s | %s | %s |\n"
              .formatted(
                  type, SerialRule.onArrival(type, false), SerialRule.onArrival(type, true)));
    }
    return text.toString();
  }

  private static String name(WorkflowEvent event) {
    return event instanceof WorkflowEvent.ReopenRequested reopen
        ? reopen.how() + (reopen.ticket() == 0 ? "" : ", serial")
        : event.getClass().getSimpleName();
  }

  private static String cell(RunDriver driver, WorkflowEvent event) {
    WorkflowInstance before = driver.run.instance();
    Step step = WorkflowLifecycle.apply(driver.run, event, driver.now, () -> 900, driver.settings);
    return switch (step.kind()) {
      case IGNORED -> "·";
      case UNEXPECTED -> "!";
      case MOVED -> driver.state() == before.state() ? "·" : driver.state().name();
    };
  }
}
