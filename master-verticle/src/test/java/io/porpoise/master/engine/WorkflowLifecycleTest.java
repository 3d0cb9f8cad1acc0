package io.porpoise.master.engine;

import static io.porpoise.master.engine.RunDriver.EXIT_1;
import static io.porpoise.master.engine.RunDriver.W1;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.Edge;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.TaskEvent.Killed;
import io.porpoise.master.engine.TaskEvent.RetryDue;
import io.porpoise.master.engine.TaskEvent.Succeeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkflowLifecycleTest {
  private final RunDriver driver = new RunDriver();

  @Test
  void a_chain_runs_to_success_one_after_the_other() {
    driver.start("a->b");
    assertThat(driver.states()).isEqualTo("a=SUBMITTED");

    driver.succeed("a");
    assertThat(driver.state("b")).isEqualTo(TaskState.SUBMITTED);

    driver.succeed("b");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.effects).contains(new Effect.Forget());
  }

  @Test
  void a_failure_lets_other_branches_end_and_then_fails_the_instance() {
    driver.start("a->b c->d").fail("a");
    assertThat(driver.state()).isEqualTo(WorkflowState.RUNNING);

    driver.succeed("c", "d");

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.run.instance().reason().text()).contains("'a'");
    assertThat(driver.states()).doesNotContain("b=");
  }

  @Test
  void with_the_strategy_end_a_failure_kills_what_runs() {
    driver.strategy = FailureStrategy.END;
    driver.start("a->b c->d").assign("c").fail("a");
    assertThat(driver.current("c").isKilling()).isTrue();

    driver.event("c", new Killed(W1));

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.states()).isEqualTo("a=FAILED c=KILLED");
  }

  @Test
  void a_retry_is_a_new_row_and_the_old_one_is_invalid() {
    driver.start("a->", Map.of("a", retrying(1)));
    long first = driver.current("a").id().value();

    driver.fail("a");
    assertThat(driver.state()).isEqualTo(WorkflowState.RUNNING);

    driver.event("a", new RetryDue());
    assertThat(driver.rows.get(first).valid()).isFalse();
    assertThat(driver.current("a").attempt()).isEqualTo(2);
    assertThat(driver.current("a").retries()).isEqualTo(1);
    assertThat(driver.current("a").firstSubmitTime())
        .isEqualTo(driver.rows.get(first).firstSubmitTime());

    driver.fail("a");
    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
  }

  @Test
  void a_stop_ends_an_instance_whose_task_waits_for_its_retry() {
    driver.start("a->", Map.of("a", retrying(3))).fail("a").stop();

    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPED);
    assertThat(driver.run.instance().reason().text()).isEqualTo("stopped by admin");
  }

  @Test
  void a_stop_waits_for_running_tasks_to_be_dead() {
    driver.start("a->b").assign("a").stop();
    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPING);
    assertThat(driver.effects).contains(new Effect.SendKill(driver.current("a").id(), W1));

    driver.event("a", new Killed(W1));

    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPED);
  }

  @Test
  void a_second_stop_sends_the_kills_again() {
    driver.start("a->b").assign("a").stop();
    driver.effects.clear();

    driver.stop();

    assertThat(driver.effects).containsExactly(new Effect.SendKill(driver.current("a").id(), W1));
  }

  @Test
  void a_stop_that_comes_too_late_for_anything_lets_the_instance_succeed() {
    driver.start("a->").assign("a").stop().event("a", new Succeeded(W1, driver.now, Map.of()));

    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @Test
  void a_stop_before_the_beginning_ends_at_once() {
    driver.make("a->", Map.of(), WorkflowInstance.Change::done).stop();

    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPED);
    assertThat(driver.states()).isEmpty();
  }

  @Test
  void a_dry_run_of_ten_thousand_tasks_in_a_row_succeeds_at_once() {
    driver.options =
        new StartOptions(Map.of(), List.of(), null, null, null, null, null, true, null, Map.of());
    List<TaskDefinition> tasks = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      tasks.add(TaskDefinition.shell("t" + i, "x"));
      if (i > 0) {
        edges.add(new Edge("t" + (i - 1), "t" + i));
      }
    }

    driver.make(tasks, edges, WorkflowInstance.Change::done).apply(new WorkflowEvent.Begin());

    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.rows).hasSize(10_000);
  }

  @Test
  void a_run_rebuilt_from_its_rows_goes_on_where_it_was() {
    driver.start("a->c b->c c->d").succeed("a").assign("b");
    driver.effects.clear();

    driver.takeOver();
    assertThat(driver.effects)
        .containsExactly(new Effect.SendDispatch(driver.current("b").id(), W1, 1));

    driver.event("b", new Succeeded(W1, driver.now, Map.of())).succeed("c", "d");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @Test
  void a_global_out_parameter_is_an_output_of_the_instance() {
    driver.globals = List.of(Parameter.out("rows"));
    driver
        .start("a->b")
        .assign("a")
        .event("a", new Succeeded(W1, driver.now, Map.of("rows", "42", "other", "x")))
        .succeed("b");

    assertThat(driver.run.instance().outputs()).isEqualTo(Map.of("rows", "42"));
  }

  @Test
  void outputs_that_are_too_large_together_fail_the_instance() {
    List<Parameter> many = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < 64; i++) {
      many.add(Parameter.out("p" + i));
      values.put("p" + i, "x".repeat(65_536));
    }
    driver.globals = many;
    driver.start("a->").assign("a").event("a", new Succeeded(W1, driver.now, values));

    assertThat(driver.run.instance().state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.run.instance().reason().text())
        .isEqualTo(
            "its outputs have more than 4194304 bytes together; write large results to files");
    assertThat(driver.run.instance().outputs()).isEmpty();

    values.remove("p0");
    driver.start("a->").assign("a").event("a", new Succeeded(W1, driver.now, values));
    assertThat(driver.run.instance().state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @Test
  void every_change_of_state_is_in_the_history_with_its_cause_and_actor() {
    driver.start("a->").assign("a");
    driver.history.clear();

    driver.event("a", new Succeeded(W1, driver.now, Map.of()));

    assertThat(driver.history)
        .extracting(
            e -> e.task() + " " + e.from() + " " + e.to() + " " + e.cause() + " " + e.actor())
        .containsExactly(
            "a DISPATCHED SUCCEEDED Succeeded test", "null RUNNING SUCCEEDED Settled master");
  }

  @Test
  void who_wants_a_task_killed_is_in_the_history_before_its_end_is() {
    driver.start("a->").assign("a").event("a", new TaskEvent.Started(W1, driver.now));
    driver.history.clear();

    driver.event("a", new TaskEvent.KillRequested(KillCause.USER));
    driver.event("a", new TaskEvent.KillRequested(KillCause.USER));

    assertThat(driver.history)
        .extracting(e -> e.task() + " " + e.from() + " " + e.to() + " " + e.cause())
        .containsExactly("a RUNNING RUNNING KillRequested");
  }

  @Test
  void an_instance_that_takes_too_long_is_told_of_and_goes_on() {
    driver.timeout = Duration.ofMinutes(5);
    driver.start("a->b");
    assertThat(driver.effects)
        .contains(
            new Effect.SetTimer(
                driver.run.instance().startTime().plusSeconds(300),
                new WorkflowEvent.TimeoutDue(1)));

    driver.apply(new WorkflowEvent.TimeoutDue(1));

    assertThat(driver.state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(driver.alerts)
        .extracting(alert -> alert.kind() + " " + alert.text())
        .containsExactly("WORKFLOW_TIMEOUT it takes longer than its 5 minutes");
  }

  @Test
  void the_timeout_of_a_former_round_tells_nobody() {
    driver.timeout = Duration.ofMinutes(5);
    driver.start("a->").succeed("a").reopen(Reopening.RERUN);

    driver.apply(new WorkflowEvent.TimeoutDue(1));

    assertThat(driver.alerts).isEmpty();
  }

  @Test
  void a_task_that_finds_no_worker_in_time_has_failed_and_says_so() {
    driver.settings = new EngineSettings(3, Duration.ofSeconds(90));
    driver.start("a->");
    assertThat(driver.effects)
        .contains(
            new Effect.SetTimer(
                driver.now.plusSeconds(90),
                new WorkflowEvent.OfTask(
                    driver.current("a").id(), new TaskEvent.DispatchTimeoutDue(0), "timer")));

    driver.event("a", new TaskEvent.DispatchTimeoutDue(0));

    assertThat(driver.state()).isEqualTo(WorkflowState.FAILED);
    assertThat(driver.current("a").reason().text())
        .isEqualTo("no worker of the group default has taken it within 90 s");
  }

  @Test
  void a_dispatch_timeout_of_a_former_wait_means_nothing() {
    driver.settings = new EngineSettings(3, Duration.ofSeconds(90));
    driver.start("a->").assign("a").event("a", new TaskEvent.Refused(W1, 1, EXIT_1));

    driver.event("a", new TaskEvent.DispatchTimeoutDue(0));

    assertThat(driver.state("a")).isEqualTo(TaskState.SUBMITTED);
  }

  private static TaskDefinition retrying(int times) {
    return TaskDefinition.shell("a", "x").withRetries(times, Duration.ofSeconds(5));
  }

  @Test
  void a_failure_strategy_asks_each_task_once_to_end() {
    RunDriver many = new RunDriver();
    many.strategy = FailureStrategy.END;
    many.start("a b c d").assign("b").assign("c").assign("d").fail("a");

    many.event("b", new TaskEvent.Killed(Tasks.W1)).event("c", new TaskEvent.Killed(Tasks.W1));

    assertThat(many.effects.stream().filter(Effect.SendKill.class::isInstance)).hasSize(3);
  }
}
