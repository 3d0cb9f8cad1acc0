package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Reason;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Each situation runs twice: on one master, and with a take-over before every event. */
class BranchesTest {
  private final RunDriver driver = new RunDriver();

  @BeforeEach
  void second_time_with_take_overs(RepetitionInfo repetition) {
    driver.takenOverEachTime = repetition.getCurrentRepetition() == 2;
  }

  @RepeatedTest(2)
  void a_switch_lets_one_branch_run_and_skips_the_others_with_all_after_them() {
    driver
        .start(
            "s->big s->small big->b2 b2->end small->end",
            Map.of("s", Definitions.choice("s", "big", "small")))
        .choose("s", "small");
    assertThat(driver.states()).isEqualTo("s=SUCCEEDED small=SUBMITTED");

    driver.succeed("small", "end");

    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.states()).isEqualTo("s=SUCCEEDED small=SUCCEEDED end=SUCCEEDED");
  }

  @RepeatedTest(2)
  void a_task_after_a_switch_that_no_branch_names_runs_in_any_case() {
    driver
        .start("s->big s->small s->audit", Map.of("s", Definitions.choice("s", "big", "small")))
        .choose("s", "big");

    assertThat(driver.states()).isEqualTo("s=SUCCEEDED big=SUBMITTED audit=SUBMITTED");
  }

  @RepeatedTest(2)
  void a_switch_that_chooses_nothing_skips_every_branch() {
    driver
        .start("s->big s->small", Map.of("s", Definitions.choice("s", "big", "small")))
        .choose("s", "");

    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void an_expression_that_cannot_be_evaluated_fails_its_task() {
    driver.start("s->a s->b", Map.of("s", Definitions.choice("s", "a", "b")));

    driver.event("s", new TaskEvent.Unpreparable(new Reason("BAD_EXPRESSION", "no such thing")));

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.run.instance().reason().text()).isEqualTo("task 's' failed: no such thing");
  }

  @RepeatedTest(2)
  void conditions_run_once_all_before_them_have_ended_however() {
    startConditions();

    driver.succeed("a");
    assertThat(driver.states()).isEqualTo("a=SUCCEEDED b=SUBMITTED");

    driver.fail("b");
    assertThat(driver.states()).isEqualTo("a=SUCCEEDED c=SUCCEEDED b=FAILED repair=SUBMITTED");
    assertThat(driver.current("c").branch()).isEqualTo("FAILED");

    driver.succeed("repair");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void conditions_that_hold_take_the_branch_of_success() {
    startConditions();

    driver.succeed("a", "b", "publish");

    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.states()).doesNotContain("repair");
  }

  @RepeatedTest(2)
  void a_failure_that_not_only_conditions_follow_fails_the_instance_after_they_have_run() {
    driver.start(
        "a->c b->c c->publish c->repair b->other",
        Map.of(
            "c", Definitions.conditions("c", Map.of("a", true, "b", true), "publish", "repair")));

    driver.succeed("a").fail("b").succeed("repair");

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.states()).doesNotContain("other");
  }

  @RepeatedTest(2)
  void a_failure_that_conditions_meet_does_not_end_the_instance_under_the_strategy_end() {
    driver.strategy = FailureStrategy.END;
    startConditions();

    driver.assign("a").fail("b");

    assertThat(driver.current("a").isKilling()).isFalse();
  }

  @RepeatedTest(2)
  void conditions_after_a_task_that_can_never_run_are_held_up_too() {
    driver.start(
        "x->b b->c c->publish c->repair",
        Map.of("c", Definitions.conditions("c", Map.of("b", false), "publish", "repair")));

    driver.fail("x");

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.states()).isEqualTo("x=FAILED");
  }

  @RepeatedTest(2)
  void a_recovery_runs_the_failed_task_and_decides_anew() {
    startConditions();
    driver.succeed("a").fail("b").fail("repair");
    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);

    driver.reopen(Reopening.RECOVER_FAILED);
    assertThat(driver.states()).isEqualTo("a=SUCCEEDED b=SUBMITTED");

    driver.succeed("b", "publish");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.state("c")).isEqualTo(TaskState.SUCCEEDED);
    assertThat(driver.current("c").attempt()).isEqualTo(2);
  }

  @RepeatedTest(2)
  void a_forbidden_task_before_conditions_counts_as_passed() {
    driver.start(
        "f->c c->publish c->repair",
        Map.of(
            "f",
            Definitions.forbidden("f"),
            "c",
            Definitions.conditions("c", Map.of("f", true), "publish", "repair")));

    assertThat(driver.states()).isEqualTo("c=SUCCEEDED publish=SUBMITTED");
  }

  private void startConditions() {
    driver.start(
        "a->c b->c c->publish c->repair",
        Map.of(
            "c", Definitions.conditions("c", Map.of("a", true, "b", true), "publish", "repair")));
  }
}
