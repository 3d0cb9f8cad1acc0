package io.porpoise.worker;

import static io.porpoise.worker.Dispatches.OWNER;
import static io.porpoise.worker.Dispatches.shell;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.message.AttemptReport;
import io.porpoise.bus.message.AttemptReport.Phase;
import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.DispatchAnswers.Outcome;
import io.porpoise.bus.message.DispatchBatch;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.bus.message.Inventory;
import io.porpoise.bus.message.KillAnswers;
import io.porpoise.bus.message.Reconcile;
import io.porpoise.bus.message.ReportAnswers;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.node.config.WorkerConfig.StopMode;
import io.porpoise.worker.heartbeat.LoadProbe;
import io.porpoise.worker.process.ProcessEvent;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerNodeTest {
  private static final String SUCCESSOR = "porpoise.master.m2.1.shard.0";
  private static final TaskInstanceId ONE = new TaskInstanceId(1);

  private final TestWorker worker = new TestWorker();

  @AfterEach
  void nothing_unexpected_has_happened() {
    assertThat(worker.node.unexpected()).isZero();
  }

  @Test
  void an_attempt_is_accepted_started_reported_and_released_when_its_end_is_acknowledged() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.outputs.put("rows", "42");

    assertThat(worker.dispatch(shell(1, "true", "rows")).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(worker.started).containsExactly(1L);
    worker.runs(1);
    pass(Duration.ofMillis(20));
    assertThat(worker.lastReport().phase()).isEqualTo(Phase.RUNNING);
    worker.exits(1, 0);

    AttemptReport end = worker.lastReport();
    assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(end.outputs()).isEqualTo(Map.of("rows", "42"));
    assertThat(end.tookMillis()).isEqualTo(2_000);
    assertThat(worker.released).containsExactly(1L);
  }

  @Test
  void a_short_task_is_reported_once() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.dispatch(shell(1, "exit 3"));

    worker.runs(1);
    worker.exits(1, 3);

    assertThat(worker.reported)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.phase()).isEqualTo(Phase.FAILED);
              assertThat(report.exitCode()).isEqualTo(3);
              assertThat(report.reason().text()).isEqualTo("exit code 3");
            });
  }

  @Test
  void a_repeated_dispatch_is_answered_alike_and_starts_nothing() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);

    worker.dispatch(shell(1, "true"));
    assertThat(worker.dispatch(shell(1, "true")).outcome()).isEqualTo(Outcome.ACCEPTED);
    worker.runs(1);
    worker.exits(1, 0);
    assertThat(worker.released).containsExactly(1L);

    assertThat(worker.dispatch(shell(1, "true")).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(worker.started).containsExactly(1L);
  }

  @Test
  void a_repeated_dispatch_waits_for_the_same_directory() {
    worker.begin();
    worker.slowDisk = SingleSubject.create();
    DispatchBatch batch = new DispatchBatch(OWNER, 0, List.of(shell(1, "true")));

    TestObserver<?> first = worker.asking(batch).test();
    TestObserver<?> second = worker.asking(batch).test();
    first.assertNotComplete();
    worker.slowDisk.onSuccess(true);

    first.assertComplete();
    second.assertComplete();
    assertThat(worker.started).containsExactly(1L);
  }

  @Test
  void a_former_owner_is_not_obeyed() {
    worker.begin();
    worker.dispatch(shell(1, "true", 5L));

    assertThat(worker.dispatch(shell(2, "true", 4L)).outcome()).isEqualTo(Outcome.STALE_EPOCH);
    assertThat(worker.kill(1, 4).staleEpoch()).containsExactly(ONE);
    assertThat(worker.killed).isEmpty();
  }

  @Test
  void a_reconciliation_fences_the_former_owner_and_tells_what_is_there() {
    worker.begin();
    worker.dispatch(shell(1, "true"));
    worker.runs(1);

    Inventory inventory = reconcile(SUCCESSOR, 2);

    assertThat(inventory.attempts())
        .extracting(AttemptReport::phase)
        .containsExactly(Phase.RUNNING);
    assertThat(inventory.staleSlots()).isEmpty();
    assertThat(worker.dispatch(shell(2, "true")).outcome()).isEqualTo(Outcome.STALE_EPOCH);
    Inventory late = reconcile(OWNER, 1);
    assertThat(late.staleSlots()).containsExactly(shell(1, "").slot());
    assertThat(late.attempts()).isEmpty();
  }

  @Test
  void reports_wait_for_the_owner_and_go_to_its_successor_at_once() {
    worker.begin();
    worker.dispatch(shell(1, "true"));
    worker.runs(1);
    worker.exits(1, 0);
    pass(Duration.ofSeconds(5));
    assertThat(worker.reported).isEmpty();

    worker.owner(SUCCESSOR, TestWorker::acknowledge);
    reconcile(SUCCESSOR, 2);

    assertThat(worker.lastReport().phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(worker.released).containsExactly(1L);
  }

  @Test
  void what_is_not_the_owners_is_kept_and_asked_again() {
    worker.begin().owner(OWNER, TestWorker::notMine);
    worker.dispatch(shell(1, "true"));
    worker.runs(1);
    worker.exits(1, 0);
    assertThat(worker.released).isEmpty();

    worker.owner(OWNER, TestWorker::acknowledge);
    pass(Duration.ofMillis(60));

    assertThat(worker.released).containsExactly(1L);
  }

  @Test
  void what_an_owner_with_too_much_in_hand_does_not_decide_is_kept_and_asked_again() {
    worker.begin().owner(OWNER, reports -> ReportAnswers.NOTHING_DECIDED);
    worker.dispatch(shell(1, "true"));
    worker.runs(1);
    worker.exits(1, 0);
    pass(Duration.ofMinutes(5));
    assertThat(worker.released).isEmpty();
    assertThat(worker.reported).as("the pauses grow").hasSizeLessThan(80);

    worker.owner(OWNER, TestWorker::acknowledge);
    pass(Duration.ofSeconds(5));

    assertThat(worker.released).containsExactly(1L);
  }

  @Test
  void outputs_that_nobody_takes_do_not_fill_the_memory() {
    worker.begin();
    worker.outputs.put("big", "x".repeat(1 << 20));
    long accepted = 0;
    while (worker.dispatch(shell(accepted + 1, "true", "big")).outcome() == Outcome.ACCEPTED) {
      accepted++;
      worker.runs(accepted);
      worker.exits(accepted, 0);
    }
    assertThat(accepted).as("15 in memory, 3 that wait in their logs").isEqualTo(18);

    worker.owner(OWNER, TestWorker::acknowledge);
    pass(Duration.ofSeconds(10));

    assertThat(worker.released).hasSize(18);
    assertThat(worker.reported).allMatch(report -> report.outputs().containsKey("big"));
  }

  @Test
  void an_unwanted_attempt_is_killed_and_forgotten() {
    worker.begin().owner(OWNER, TestWorker::unwanted);
    worker.dispatch(shell(1, "sleep 100"));
    worker.runs(1);
    pass(Duration.ofMillis(20));

    assertThat(worker.killed).containsExactly(1L);
    worker.diesByKill(1);

    assertThat(worker.released).containsExactly(1L);
    assertThat(worker.reported).extracting(AttemptReport::phase).containsOnly(Phase.RUNNING);
  }

  @Test
  void a_kill_is_reported_when_nothing_is_alive_any_more() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.dispatch(shell(1, "sleep 100"));
    worker.runs(1);

    assertThat(worker.kill(1, 1).killing()).containsExactly(ONE);
    assertThat(worker.killed).containsExactly(1L);
    pass(Duration.ofSeconds(1));
    assertThat(worker.lastReport().phase()).isEqualTo(Phase.RUNNING);
    worker.diesByKill(1);

    assertThat(worker.lastReport().phase()).isEqualTo(Phase.KILLED);
  }

  @Test
  void a_kill_that_overtakes_its_dispatch_prevents_the_start_for_good() {
    worker.begin();

    KillAnswers answers = worker.kill(1, 1);

    assertThat(answers.neverStarted()).containsExactly(ONE);
    pass(TestWorker.REFUSAL_MEMORY.minusSeconds(1));
    assertThat(worker.dispatch(shell(1, "true")).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(worker.started).isEmpty();
  }

  @Test
  void a_kill_while_the_directory_is_made_prevents_the_start() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.slowDisk = SingleSubject.create();
    TestObserver<?> answer =
        worker.asking(new DispatchBatch(OWNER, 0, List.of(shell(1, "true")))).test();

    assertThat(worker.kill(1, 1).killing()).containsExactly(ONE);
    worker.slowDisk.onSuccess(true);

    answer.assertComplete();
    assertThat(worker.started).isEmpty();
    assertThat(worker.lastReport().phase()).isEqualTo(Phase.KILLED);
  }

  @Test
  void a_full_worker_refuses_politely_and_takes_the_next_number_later() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    for (int i = 1; i <= 3; i++) {
      worker.dispatch(shell(i, "true"));
      worker.runs(i);
    }

    DispatchAnswers.Answer refusal = worker.dispatch(shell(4, "true"));
    worker.exits(1, 0);

    assertThat(refusal.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refusal.reason().code()).isEqualTo("WORKER_FULL");
    assertThat(worker.dispatch(shell(4, "true")).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(worker.dispatch(number(shell(4, "true"), 2)).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void an_owner_that_was_refused_hears_of_room_before_the_next_beat() {
    List<Heartbeat.Load> heard = new ArrayList<>();
    worker
        .bus
        .listen(Addresses.HEARTBEAT, message -> heard.add(((Heartbeat) message).load()))
        .blockingAwait();
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    for (int i = 1; i <= 3; i++) {
      worker.dispatch(shell(i, "true"));
      worker.runs(i);
    }
    worker.dispatch(shell(4, "true"));
    pass(Duration.ofMillis(50));
    heard.clear();

    worker.exits(1, 0);
    pass(Duration.ofMillis(50));

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).running()).isEqualTo(2);
    assertThat(heard.get(0).refusing()).isNull();
    assertThat(heard.get(0).asking()).containsExactly(OWNER);
  }

  @Test
  void a_worker_short_of_memory_refuses() {
    worker.load = new LoadProbe.Sample(0.2, 0.95, 0.1, 0);
    worker.begin();

    DispatchAnswers.Answer refusal = worker.dispatch(shell(1, "true"));

    assertThat(refusal.reason().text())
        .isEqualTo("the worker's memory is at 95 %, above its limit of 90 %");
  }

  @Test
  void an_unknown_task_type_is_refused_and_a_senseless_one_fails() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);

    DispatchAnswers.Answer unknown = worker.dispatch(type(shell(1, "true"), "COBOL"));

    assertThat(unknown.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(unknown.reason().text()).contains("COBOL").contains("SHELL");
  }

  @Test
  void a_full_disk_refuses() {
    worker.begin();
    worker.diskFull = true;

    assertThat(worker.dispatch(shell(1, "true")).reason().code()).isEqualTo("SPOOL_UNAVAILABLE");
    worker.diskFull = false;
    assertThat(worker.dispatch(number(shell(1, "true"), 2)).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void a_later_life_takes_over_what_it_finds_and_reports_the_rest() {
    for (int i = 1; i <= 3; i++) {
      worker.directories.put(new TaskInstanceId(i), Dispatches.attempt(i, "true"));
    }
    worker.found.add(new ProcessEvent.Started(ONE, Duration.ofSeconds(30)));
    worker.found.add(
        new ProcessEvent.Exited(new TaskInstanceId(2), 0, false, Duration.ofSeconds(4)));
    worker.found.add(
        new ProcessEvent.Vanished(
            new TaskInstanceId(3), new io.porpoise.instance.Reason("GONE", "gone")));
    worker.owner(OWNER, TestWorker::acknowledge);

    worker.begin();
    pass(Duration.ofMillis(20));

    assertThat(worker.reported)
        .extracting(AttemptReport::phase)
        .contains(Phase.RUNNING, Phase.SUCCEEDED, Phase.LOST);
    assertThat(worker.released).containsExactlyInAnyOrder(2L, 3L);
    worker.exits(1, 0);
    assertThat(worker.lastReport().phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void a_stop_that_waits_takes_nothing_new_and_ends_with_the_last_attempt() {
    worker.stopMode = StopMode.WAIT;
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.dispatch(shell(1, "true"));
    worker.runs(1);

    TestObserver<Void> stop = worker.node.stop().test();

    assertThat(worker.dispatch(shell(2, "true")).reason().code()).isEqualTo("WORKER_STOPPING");
    pass(Duration.ofSeconds(5));
    stop.assertNotComplete();
    worker.exits(1, 0);
    pass(Duration.ofSeconds(1));
    stop.assertComplete();
    assertThat(worker.released).containsExactly(1L);
    assertThat(worker.registry.joined).isEmpty();
  }

  @Test
  void a_stop_that_kills_ends_when_all_is_dead() {
    worker.stopMode = StopMode.KILL;
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.dispatch(shell(1, "true"));
    worker.runs(1);

    TestObserver<Void> stop = worker.node.stop().test();
    pass(Duration.ofSeconds(1));
    assertThat(worker.killed).containsExactly(1L);
    stop.assertNotComplete();
    worker.diesByKill(1);
    pass(Duration.ofSeconds(1));

    stop.assertComplete();
  }

  @Test
  void a_stop_leaves_what_runs_to_the_keeper() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.dispatch(shell(1, "true"));
    worker.runs(1);
    pass(Duration.ofSeconds(1));

    worker.node.stop().test().assertComplete();

    assertThat(worker.killed).isEmpty();
    assertThat(worker.released).isEmpty();
  }

  private void pass(Duration time) {
    worker.clock.pass(time);
  }

  private Inventory reconcile(String owner, long epoch) {
    return (Inventory)
        worker.ask(
            new Reconcile(owner, List.of(new Reconcile.SlotEpoch(shell(1, "").slot(), epoch))));
  }

  private static Dispatch number(Dispatch of, int number) {
    return new Dispatch(
        of.taskInstance(),
        of.workflowInstance(),
        of.epoch(),
        number,
        of.taskType(),
        of.name(),
        of.taskParams(),
        of.params(),
        of.outputNames(),
        of.environment());
  }

  private static Dispatch type(Dispatch of, String type) {
    return new Dispatch(
        of.taskInstance(),
        of.workflowInstance(),
        of.epoch(),
        of.number(),
        type,
        of.name(),
        of.taskParams(),
        of.params(),
        of.outputNames(),
        of.environment());
  }
}
