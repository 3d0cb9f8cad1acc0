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
import io.porpoise.store.RunStore;
import io.porpoise.store.StoreUnavailable;
import io.reactivex.rxjava3.core.Maybe;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    return children(() -> made, null);
  }

  private Children children(Supplier<ChildOrder.Made> made, RunStore runs) {
    Children.Parents parents =
        new Children.Parents() {
          @Override
          public TaskInstance task(WorkflowInstanceId instance, TaskInstanceId task) {
            return TASK;
          }

          @Override
          public ChildOrder.Made order(WorkflowInstanceId instance, TaskInstanceId task) {
            return made.get();
          }
        };
    // No port is needed for what never gets as far as the database.
    return new Children(
        new Children.Ports(null, runs, null, null),
        parents,
        (id, event) -> events.add(event),
        null);
  }

  /** Nothing can be read from it, for this reason. */
  private static RunStore failing(RuntimeException failure) {
    return (RunStore)
        Proxy.newProxyInstance(
            RunStore.class.getClassLoader(),
            new Class<?>[] {RunStore.class},
            (proxy, method, arguments) -> Maybe.error(failure));
  }

  private static ChildOrder.Made order(String workflow) {
    ChildOrder order =
        new ChildOrder("p", workflow, new Parent(PARENT, TASK.id(), 1), StartOptions.NONE, "admin");
    return new ChildOrder.Made(order, null);
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
  void a_child_that_the_database_does_not_take_is_refused_and_not_tried_for_ever() {
    IllegalStateException failure = new IllegalStateException("the packet is too large");

    children(() -> order("w"), failing(failure)).start(TASK);

    isRefused(
        new Reason("CHILD_REFUSED", "the sub-workflow cannot be started: the packet is too large"));
  }

  @Test
  void a_child_whose_order_cannot_be_made_is_refused() {
    Supplier<ChildOrder.Made> broken =
        () -> {
          throw new ClassCastException("no text");
        };

    children(broken, null).start(TASK);

    isRefused(new Reason("CHILD_REFUSED", "the sub-workflow cannot be started: no text"));
  }

  @Test
  void a_child_is_tried_again_when_the_database_is_away() {
    List<RuntimeException> tries = new ArrayList<>();
    StoreUnavailable away = new StoreUnavailable("the database is away", null);
    Supplier<ChildOrder.Made> order =
        () -> {
          tries.add(away);
          return order("w");
        };
    Children children = children(order, failing(away));

    children.start(TASK);
    children.sweep();

    assertThat(events).isEmpty();
    assertThat(tries).hasSize(2);
  }

  @Test
  void a_name_that_no_workflow_can_have_is_not_looked_up() {
    children(order("x".repeat(201))).start(TASK);

    isRefused(
        new Reason("NO_WORKFLOW", "no workflow has a name that long; are its parameters right?"));
  }
}
