package io.porpoise.master.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildrenTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final WorkflowInstanceId PARENT = new WorkflowInstanceId(3);
  private static final TaskInstance TASK =
      new TaskInstance(
          new TaskInstanceId(7),
          PARENT,
          1,
          "sub",
          "SUB_WORKFLOW",
          TaskState.DISPATCHED,
          true,
          1,
          0,
          0,
          1,
          null,
          null,
          NOW,
          NOW,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          Map.of(),
          Map.of());

  private final List<WorkflowEvent> events = new ArrayList<>();

  private Children children(ChildOrder.Made made) {
    Children.Parents parents =
        new Children.Parents() {
          @Override
          public TaskInstance task(WorkflowInstanceId instance, TaskInstanceId task) {
            return TASK;
          }

          @Override
          public ChildOrder.Made order(WorkflowInstanceId instance, TaskInstanceId task) {
            return made;
          }
        };
    // No port is needed for what never gets as far as the database.
    return new Children(
        new Children.Ports(null, null, null, null),
        parents,
        (id, event) -> events.add(event),
        null);
  }

  private void isRefused(Reason reason) {
    assertThat(events)
        .containsExactly(
            new WorkflowEvent.OfTask(TASK.id(), new TaskEvent.ChildRefused(reason), "master"));
  }

  @Test
  void a_child_whose_parameters_are_too_large_is_refused_and_says_so() {
    Reason reason = new Reason("PARAMETERS_TOO_LARGE", "its parameters grow too large");

    children(new ChildOrder.Made(null, reason)).start(TASK);

    isRefused(reason);
  }

  @Test
  void a_name_that_no_workflow_can_have_is_not_looked_up() {
    ChildOrder order =
        new ChildOrder(
            "p",
            "x".repeat(201),
            new Parent(PARENT, TASK.id(), 1),
            new StartOptions(
                Map.of(), List.of(), null, null, null, null, null, false, null, Map.of()),
            "admin");

    children(new ChildOrder.Made(order, null)).start(TASK);

    isRefused(
        new Reason("NO_WORKFLOW", "no workflow has a name that long; are its parameters right?"));
  }
}
