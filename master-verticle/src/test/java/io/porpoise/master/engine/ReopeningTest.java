package io.porpoise.master.engine;

import static io.porpoise.master.engine.RunDriver.W1;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Each situation runs twice: on one master, and with a take-over before every event. */
class ReopeningTest {
  private final RunDriver driver = new RunDriver();

  @BeforeEach
  void second_time_with_take_overs(RepetitionInfo repetition) {
    driver.takenOverEachTime = repetition.getCurrentRepetition() == 2;
  }

  @RepeatedTest(2)
  void a_rerun_runs_everything_again_with_new_rows() {
    driver.start("a->b").succeed("a", "b");

    driver.reopen(Reopening.RERUN);

    assertThat(driver.states()).isEqualTo("a=SUBMITTED");
    assertThat(driver.run.instance().runTimes()).isEqualTo(2);
    assertThat(driver.run.instance().round()).isEqualTo(2);
    assertThat(driver.run.instance().endTime()).isNull();
    assertThat(driver.current("a").attempt()).isEqualTo(2);

    driver.succeed("a", "b");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.current("b").attempt()).isEqualTo(2);
    assertThat(driver.rows).hasSize(4);
  }

  @RepeatedTest(2)
  void a_recovery_runs_what_failed_and_all_after_it() {
    driver.start("a->b b->c x->y").succeed("a", "x", "y").fail("b");
    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);

    driver.reopen(Reopening.RECOVER_FAILED);
    assertThat(driver.states()).isEqualTo("a=SUCCEEDED b=SUBMITTED x=SUCCEEDED y=SUCCEEDED");
    assertThat(driver.run.instance().runTimes()).isEqualTo(1);

    driver.succeed("b", "c");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_recovery_gives_the_task_its_retries_again() {
    driver.start("a->", Map.of("a", retrying(1)));
    driver.fail("a").event("a", new TaskEvent.RetryDue()).fail("a");

    driver.reopen(Reopening.RECOVER_FAILED).fail("a");

    assertThat(driver.state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(driver.current("a").attempt()).isEqualTo(3);
  }

  @RepeatedTest(2)
  void a_task_set_to_success_by_hand_counts_as_success_in_a_recovery() {
    driver.start("a->b").fail("a");
    driver.event("a", new TaskEvent.SuccessForced());
    assertThat(driver.state("a")).isEqualTo(TaskState.FORCED_SUCCESS);
    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);

    driver.reopen(Reopening.RECOVER_FAILED);
    assertThat(driver.states()).isEqualTo("a=FORCED_SUCCESS b=SUBMITTED");

    driver.succeed("b");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void only_what_failed_or_was_killed_can_be_set_to_success() {
    driver.start("a->b").succeed("a").fail("b");

    driver.event("a", new TaskEvent.SuccessForced());

    assertThat(driver.kind).isEqualTo(StepKind.IGNORED);
    assertThat(driver.state("a")).isEqualTo(TaskState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_stopped_instance_resumes_with_what_the_stop_had_killed_or_kept_back() {
    driver.start("a->b x->").succeed("x").assign("a").stop();
    driver.event("a", new TaskEvent.Killed(W1));
    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPED);

    driver.reopen(Reopening.RESUME);
    assertThat(driver.states()).isEqualTo("a=SUBMITTED x=SUCCEEDED");

    driver.succeed("a", "b");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_retry_that_a_stop_had_cancelled_is_made_up_for() {
    driver.start("a->", Map.of("a", retrying(2))).fail("a").stop();

    driver.reopen(Reopening.RESUME);

    assertThat(driver.state("a")).isEqualTo(TaskState.SUBMITTED);
  }

  @RepeatedTest(2)
  void an_instance_stopped_before_it_began_can_be_resumed() {
    driver
        .make("a->", Map.of(), change -> change.done())
        .applyWithoutTakeOver(new WorkflowEvent.StopRequested("admin"));

    driver.reopen(Reopening.RESUME).succeed("a");

    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.run.instance().startTime()).isNotNull();
  }

  @RepeatedTest(2)
  void what_is_not_possible_changes_nothing() {
    driver.start("a->").succeed("a");

    driver.reopen(Reopening.RESUME).reopen(Reopening.RECOVER_FAILED);

    assertThat(driver.kind).isEqualTo(StepKind.IGNORED);
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.effects).contains(new Effect.Forget());
  }

  @RepeatedTest(2)
  void an_instance_that_runs_cannot_be_reopened_and_the_place_in_the_queue_is_given_up() {
    driver.start("a->");

    driver.apply(new WorkflowEvent.ReopenRequested(Reopening.RERUN, 77, "admin"));

    assertThat(driver.kind).isEqualTo(StepKind.IGNORED);
    assertThat(driver.leftTickets).containsExactly(77L);
    assertThat(driver.effects).contains(new Effect.HandOver(9));
  }

  @RepeatedTest(2)
  void what_is_wanted_of_a_round_is_done_in_that_round_only() {
    driver.start("a->").fail("a");
    var recovery = new WorkflowEvent.ReopenRequested(Reopening.RECOVER_FAILED, 0, 1, "parent");
    driver.apply(recovery).fail("a");

    driver.apply(recovery);

    assertThat(driver.kind).isEqualTo(StepKind.IGNORED);
    assertThat(driver.run.instance().round()).isEqualTo(2);
    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
  }

  @RepeatedTest(2)
  void a_resume_starts_nothing_when_a_failure_has_ended_the_instance() {
    driver.strategy = FailureStrategy.END;
    driver.start("a->b x->").assign("x").assign("a").pause();
    driver.event("a", new TaskEvent.Succeeded(W1, driver.now, Map.of()));
    driver.event("x", new TaskEvent.Failed(W1, driver.now, 1, RunDriver.EXIT_1));
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);

    driver.reopen(Reopening.RESUME);

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
  }

  private static TaskDefinition retrying(int times) {
    return TaskDefinition.shell("a", "x").withRetries(times, Duration.ofSeconds(5));
  }
}
