package io.porpoise.master.engine;

import static io.porpoise.master.engine.RunDriver.W1;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Each situation runs twice: on one master, and with a take-over before every event. */
class PauseTest {
  private final RunDriver driver = new RunDriver();

  @BeforeEach
  void second_time_with_take_overs(RepetitionInfo repetition) {
    driver.takenOverEachTime = repetition.getCurrentRepetition() == 2;
  }

  @RepeatedTest(2)
  void what_runs_ends_and_what_comes_after_it_waits() {
    driver.start("a->b c->").assign("a").pause();
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSING);
    assertThat(driver.states()).isEqualTo("a=DISPATCHED c=PAUSED");

    driver.event("a", new TaskEvent.Succeeded(W1, driver.now, Map.of()));

    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);
    assertThat(driver.states()).isEqualTo("a=SUCCEEDED c=PAUSED");
    assertThat(driver.run.instance().reason().text()).isEqualTo("paused by admin");
  }

  @RepeatedTest(2)
  void a_pause_that_keeps_nothing_back_ends_as_if_it_had_not_been() {
    driver.start("a->").assign("a").pause();

    driver.event("a", new TaskEvent.Succeeded(W1, driver.now, Map.of()));

    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_failure_during_a_pause_that_keeps_nothing_back_fails_the_instance() {
    driver.start("a->").assign("a").pause();

    driver.event("a", new TaskEvent.Failed(W1, driver.now, 1, RunDriver.EXIT_1));

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
  }

  @RepeatedTest(2)
  void a_retry_waits_until_the_instance_is_resumed_and_is_still_counted() {
    driver
        .start("a->", Map.of("a", TaskDefinition.shell("a", "x").withRetries(1, Duration.ZERO)))
        .assign("a")
        .pause()
        .event("a", new TaskEvent.Failed(W1, driver.now, 1, RunDriver.EXIT_1));
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);
    assertThat(driver.states()).isEqualTo("a=PAUSED");

    driver.reopen(Reopening.RESUME).fail("a");

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.current("a").retries()).isEqualTo(1);
  }

  @RepeatedTest(2)
  void a_resume_goes_on_where_it_stopped() {
    driver.start("a->b b->c x->").succeed("a").pause();
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);

    driver.reopen(Reopening.RESUME);
    assertThat(driver.state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(driver.states()).isEqualTo("a=SUCCEEDED b=SUBMITTED x=SUBMITTED");
    assertThat(driver.current("b").attempt()).isEqualTo(2);
    assertThat(driver.current("a").attempt()).isEqualTo(1);

    driver.succeed("b", "c", "x");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_lost_attempt_is_replaced_only_after_the_resume() {
    driver.start("a->").assign("a").pause();

    driver.event("a", new TaskEvent.Lost(W1, RunDriver.EXIT_1));
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);

    driver.reopen(Reopening.RESUME).succeed("a");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_stop_ends_a_pause() {
    driver.start("a->b").assign("a").pause().stop().event("a", new TaskEvent.Killed(W1));

    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPED);
  }

  @RepeatedTest(2)
  void a_refused_dispatch_stays_unsent() {
    driver.start("a->").assign("a").pause();

    driver.event("a", new TaskEvent.Refused(W1, 1, RunDriver.EXIT_1));

    assertThat(driver.state("a")).isEqualTo(TaskState.PAUSED);
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);
  }

  @RepeatedTest(2)
  void a_delayed_task_is_paused_and_starts_without_another_delay() {
    TaskDefinition delayed = Definitions.delayed("a", Duration.ofHours(1));
    driver.start("a->", Map.of("a", delayed)).pause();
    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);

    driver.reopen(Reopening.RESUME);

    assertThat(driver.state("a")).isEqualTo(TaskState.SUBMITTED);
  }
}
