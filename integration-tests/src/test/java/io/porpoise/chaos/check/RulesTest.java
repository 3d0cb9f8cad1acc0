package io.porpoise.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.chaos.workload.Journal;
import io.porpoise.chaos.workload.Journal.Kind;
import io.porpoise.chaos.workload.Start;
import io.porpoise.chaos.workload.TaskPlan;
import io.porpoise.chaos.workload.WorkflowPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the rules find what they are for: each case breaks one promise. */
class RulesTest {
  private static final WorkflowPlan CHAIN =
      new WorkflowPlan(
          "chain",
          false,
          true,
          List.of(
              new TaskPlan("a", List.of(), 10, 1, 2, false, false),
              new TaskPlan("b", List.of("a"), 10, 0, 0, false, false)));

  private final List<Seen.Attempt> attempts = new ArrayList<>();
  private final List<Journal.Entry> journal = new ArrayList<>();
  private long now = 1_000_000;

  @Test
  void what_went_as_planned_breaks_nothing() {
    aGoodRun();

    assertThat(broken("SUCCEEDED", Start.Wish.NONE)).isEmpty();
  }

  @Test
  void a_lost_attempt_uses_up_no_retry() {
    attempt("a", "1", "LOST", 0, false, null).journal(Kind.START, "a", "1", "key");
    failed("a", "2", 0);
    succeeded("a", "3", 1);
    succeeded("b", "4", 0);

    assertThat(broken("SUCCEEDED", Start.Wish.NONE)).isEmpty();
  }

  @Test
  void an_end_that_was_not_planned() {
    aGoodRun();

    assertThat(broken("FAILED", Start.Wish.NONE)).singleElement().asString().contains("is FAILED");
  }

  @Test
  void a_stop_may_stop_but_not_fail() {
    failed("a", "1", 0);
    attempt("a", "2", "KILLED", 1, true, null);

    assertThat(broken("STOPPED", Start.Wish.STOP)).isEmpty();
    assertThat(broken("FAILED", Start.Wish.STOP)).hasSize(1);
  }

  @Test
  void a_killed_task_may_fail_its_workflow() {
    failed("a", "1", 0);
    attempt("a", "2", "KILLED", 1, true, null);

    assertThat(broken("FAILED", Start.Wish.KILL_A_TASK)).isEmpty();
  }

  @Test
  void a_task_that_was_left_out() {
    failed("a", "1", 0);
    succeeded("a", "2", 1);

    assertThat(broken("SUCCEEDED", Start.Wish.NONE))
        .singleElement()
        .asString()
        .contains("[a] instead of [a, b] are SUCCEEDED");
  }

  @Test
  void an_attempt_that_ran_twice() {
    aGoodRun();
    journal(Kind.START, "b", "3", "key");

    assertThat(broken("SUCCEEDED", Start.Wish.NONE)).anyMatch(it -> it.contains("ran twice"));
  }

  @Test
  void attempts_that_overlapped() {
    aGoodRun();
    journal(Kind.OVERLAP, "b", "3", "-");

    assertThat(broken("SUCCEEDED", Start.Wish.NONE)).anyMatch(it -> it.contains("overlapped"));
  }

  @Test
  void an_attempt_that_acts_after_its_end() {
    attempt("a", "1", "LOST", 0, false, null);
    now += 1_000_000;
    journal(Kind.START, "a", "1", "key");
    failed("a", "2", 0);
    succeeded("a", "3", 1);
    succeeded("b", "4", 0);

    assertThat(broken("SUCCEEDED", Start.Wish.NONE))
        .singleElement()
        .asString()
        .contains("did something 1001 ms later");
  }

  @Test
  void a_task_that_did_not_wait_for_the_one_before() {
    journal(Kind.START, "b", "3", "key");
    aGoodRun();

    assertThat(broken("SUCCEEDED", Start.Wish.NONE))
        .anyMatch(it -> it.contains("started before all of [a] had succeeded"));
  }

  @Test
  void a_success_without_one() {
    failed("a", "1", 0);
    attempt("a", "2", "SUCCEEDED", 1, true, 0);
    succeeded("b", "3", 0);

    assertThat(broken("SUCCEEDED", Start.Wish.NONE))
        .anyMatch(it -> it.contains("whose process has not"));
  }

  @Test
  void retries_that_were_not_used() {
    failed("a", "1", 0);
    attempts.set(0, new Seen.Attempt("1", "a", "FAILED", 1, 0, true, now, 3, ""));

    assertThat(broken("FAILED", Start.Wish.NONE))
        .anyMatch(it -> it.contains("failed 1 times, but it may be retried 2 times"));
  }

  @Test
  void the_parameters_of_another_start() {
    aGoodRun();
    attempts.add(new Seen.Attempt("9", "a", "SUCCEEDED", 3, 1, true, now, 0, ""));
    journal(Kind.START, "a", "9", "another");

    assertThat(broken("SUCCEEDED", Start.Wish.NONE))
        .anyMatch(it -> it.contains("start parameter of another instance"));
  }

  @Test
  void instances_of_a_serial_workflow_that_took_turns() {
    assertThat(takingTurns("7", "7", "8", "9")).isEmpty();
    assertThat(takingTurns("7", "8", "7", "9"))
        .singleElement()
        .asString()
        .contains("instance 7 of the serial workflow chain still did something after instance 8");
  }

  private static List<String> takingTurns(String... instances) {
    List<Start> starts =
        Stream.of("7", "8", "9")
            .map(id -> new Start("key" + id, CHAIN, id, Start.Wish.NONE, false))
            .toList();
    List<Journal.Entry> entries =
        Stream.of(instances)
            .map(id -> new Journal.Entry(Kind.START, id, "a", "1", "worker-1", 99, 1, "key"))
            .toList();
    return SerialRules.check(starts, entries);
  }

  private void aGoodRun() {
    failed("a", "1", 0);
    succeeded("a", "2", 1);
    succeeded("b", "3", 0);
  }

  private void failed(String task, String id, int retries) {
    journal(Kind.START, task, id, "key");
    journal(Kind.END, task, id, "3");
    attempt(task, id, "FAILED", retries, false, 3);
  }

  private void succeeded(String task, String id, int retries) {
    journal(Kind.START, task, id, "key");
    journal(Kind.END, task, id, "0");
    attempt(task, id, "SUCCEEDED", retries, true, 0);
  }

  private RulesTest attempt(
      String task, String id, String state, int retries, boolean isValid, Integer exitCode) {
    int number = 1 + (int) attempts.stream().filter(a -> a.task().equals(task)).count();
    attempts.add(new Seen.Attempt(id, task, state, number, retries, isValid, now, exitCode, ""));
    return this;
  }

  private void journal(Kind kind, String task, String attempt, String detail) {
    now += 1_000;
    journal.add(new Journal.Entry(kind, "7", task, attempt, "worker-1", 99, now, detail));
  }

  private List<String> broken(String state, Start.Wish wish) {
    Start start = new Start("key", CHAIN, "7", wish, wish != Start.Wish.NONE);
    Seen seen = new Seen(start, state, "", attempts, journal);
    return Stream.of(EndRules.check(seen), AttemptRules.check(seen), OrderRules.check(seen))
        .flatMap(List::stream)
        .toList();
  }
}
