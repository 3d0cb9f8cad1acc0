package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.ChildRun;
import io.porpoise.instance.NodeScope;
import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Each situation runs twice: on one master, and with a take-over before every event. */
class SubWorkflowTest {
  private static final WorkflowInstanceId CHILD = new WorkflowInstanceId(50);
  private final RunDriver driver = new RunDriver();

  @BeforeEach
  void second_time_with_take_overs(RepetitionInfo repetition) {
    driver.takenOverEachTime = repetition.getCurrentRepetition() == 2;
  }

  @RepeatedTest(2)
  void it_starts_its_child_and_ends_with_it_and_its_outputs() {
    start();
    assertThat(driver.effects).contains(new Effect.StartChild(driver.current("s")));

    driver.childStarts("s", 50);
    assertThat(driver.state("s")).isEqualTo(TaskState.RUNNING);

    driver.childEnds("s", 50, 1, WorkflowState.SUCCEEDED);
    assertThat(driver.states()).isEqualTo("s=SUCCEEDED b=SUBMITTED");
    assertThat(driver.current("s").outputs()).isEqualTo(Map.of("o", "1"));
  }

  @RepeatedTest(2)
  void an_end_that_is_heard_before_the_start_counts() {
    start().childEnds("s", 50, 1, WorkflowState.SUCCEEDED);

    assertThat(driver.state("s")).isEqualTo(TaskState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_child_that_cannot_be_started_fails_the_task() {
    start().event("s", new TaskEvent.ChildRefused(new Reason("NO_WORKFLOW", "there is none")));

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.run.instance().reason().text()).isEqualTo("task 's' failed: there is none");
  }

  @RepeatedTest(2)
  void a_stop_stops_the_child_and_waits_for_it() {
    start().childStarts("s", 50).stop();
    assertThat(driver.effects).contains(new Effect.StopChild(CHILD));
    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPING);

    driver.childEnds("s", 50, 1, WorkflowState.STOPPED);

    assertThat(driver.state("s")).isEqualTo(TaskState.KILLED);
    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPED);
  }

  @RepeatedTest(2)
  void a_stop_while_the_child_is_being_started_stops_it_when_it_is_there() {
    start().stop();
    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPING);

    driver.childStarts("s", 50);

    assertThat(driver.effects).contains(new Effect.StopChild(CHILD));
  }

  @RepeatedTest(2)
  void a_pause_pauses_the_child_and_a_resume_goes_on_with_the_same_one() {
    start().childStarts("s", 50).pause();
    assertThat(driver.effects).contains(new Effect.PauseChild(CHILD));
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSING);

    driver.childEnds("s", 50, 1, WorkflowState.PAUSED);
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);

    driver.effects.clear();
    driver.reopen(Reopening.RESUME);
    assertThat(driver.current("s").child()).isEqualTo(new ChildRun(CHILD, 1));
    assertThat(driver.state("s")).isEqualTo(TaskState.DISPATCHED);
    assertThat(driver.effects).contains(new Effect.StartChild(driver.current("s")));
  }

  @RepeatedTest(2)
  void the_end_of_a_former_round_means_nothing_to_the_next_one() {
    start().childStarts("s", 50).childEnds("s", 50, 1, WorkflowState.FAILED);
    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    driver.reopen(Reopening.RECOVER_FAILED);

    driver.childEnds("s", 50, 1, WorkflowState.FAILED);
    assertThat(driver.state()).isEqualTo(WorkflowState.RUNNING);

    driver.childStarts("s", 50).childEnds("s", 50, 2, WorkflowState.SUCCEEDED).succeed("b");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_rerun_starts_another_child() {
    start().childStarts("s", 50).childEnds("s", 50, 1, WorkflowState.SUCCEEDED).succeed("b");

    driver.reopen(Reopening.RERUN);

    assertThat(driver.current("s").child()).isNull();
  }

  /** Else it waited for ever: a child that has succeeded cannot be recovered. */
  @RepeatedTest(2)
  void a_child_that_does_not_follow_in_this_run_stays_when_something_else_is_recovered() {
    driver.options =
        new StartOptions(
            Map.of(),
            List.of("a", "s"),
            NodeScope.TASK_ONLY,
            null,
            null,
            null,
            null,
            false,
            null,
            Map.of());
    driver.start("a->x x->s", Map.of("s", Definitions.child("s")));
    driver.childStarts("s", 50).childEnds("s", 50, 1, WorkflowState.SUCCEEDED).fail("a");
    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);

    driver.reopen(Reopening.RECOVER_FAILED);

    assertThat(driver.states()).isEqualTo("a=SUBMITTED s=SUCCEEDED");
    driver.succeed("a");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_child_that_somebody_paused_pauses_its_parent_when_nothing_else_can_go_on() {
    start().childStarts("s", 50).childEnds("s", 50, 1, WorkflowState.PAUSED);

    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);
  }

  @RepeatedTest(2)
  void a_child_that_begins_during_a_pause_is_paused_at_once() {
    start().pause();
    driver.childStarts("s", 50);

    assertThat(driver.effects).contains(new Effect.PauseChild(CHILD));
  }

  @RepeatedTest(2)
  void a_child_tells_its_parent_of_its_end() {
    WorkflowInstanceId parent = new WorkflowInstanceId(7);
    driver
        .make(
            "a->",
            Map.of(),
            change -> change.parent(new Parent(parent, new TaskInstanceId(70), 1)).done())
        .applyWithoutTakeOver(new WorkflowEvent.Begin());

    driver.succeed("a");

    assertThat(driver.effects).contains(new Effect.TellParent(parent));
  }

  private RunDriver start() {
    return driver.start("s->b", Map.of("s", Definitions.child("s")));
  }
}
