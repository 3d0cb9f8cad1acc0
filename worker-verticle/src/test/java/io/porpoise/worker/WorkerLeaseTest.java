package io.porpoise.worker;

import static io.porpoise.worker.Dispatches.OWNER;
import static io.porpoise.worker.Dispatches.shell;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.message.AttemptReport.Phase;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.DispatchAnswers.Outcome;
import io.porpoise.bus.message.DispatchBatch;
import io.porpoise.bus.message.Inventory;
import io.porpoise.bus.message.Reconcile;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a worker lets attempts run, and what it takes, while others do not answer it. */
class WorkerLeaseTest {
  private final TestWorker worker = new TestWorker();

  @AfterEach
  void nothing_unexpected_has_happened() {
    assertThat(worker.node.unexpected()).isZero();
  }

  @Test
  void attempts_go_on_while_either_the_registry_or_their_owner_answers() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.dispatch(shell(1, "sleep 100"));
    worker.runs(1);

    worker.registry.reachable = false;
    pass(Duration.ofMinutes(10));
    assertThat(worker.killed).isEmpty();
    worker.registry.reachable = true;
    pass(Duration.ofSeconds(3));
    worker.silence(OWNER);
    pass(Duration.ofMinutes(10));

    assertThat(worker.killed).isEmpty();
  }

  @Test
  void attempts_are_killed_and_told_lost_when_neither_answers_for_too_long() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.dispatch(shell(1, "sleep 100"));
    worker.runs(1);
    pass(Duration.ofSeconds(10));

    worker.registry.reachable = false;
    worker.silence(OWNER);
    pass(Duration.ofSeconds(15));
    assertThat(worker.killed).isEmpty();
    assertThat(worker.lease).isLessThan(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertThat(worker.killed).containsExactly(1L);
    worker.diesByKill(1);
    worker.owner(OWNER, TestWorker::acknowledge);
    pass(Duration.ofSeconds(6));

    assertThat(worker.lastReport().phase()).isEqualTo(Phase.LOST);
    assertThat(worker.lastReport().reason().code()).isEqualTo("LEASE_ENDED");
  }

  @Test
  void a_dispatch_that_has_waited_in_a_frozen_process_starts_nothing() {
    worker.begin();
    worker.dispatch(shell(1, "true"));

    worker.clock.freeze(Duration.ofMinutes(1));
    DispatchAnswers.Answer beforeAnythingElse = worker.dispatch(shell(2, "true"));
    pass(Duration.ofSeconds(3));
    DispatchAnswers.Answer late = worker.dispatch(shell(3, "true"));

    assertThat(beforeAnythingElse.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(beforeAnythingElse.reason().code()).isEqualTo("NO_LEASE");
    assertThat(late.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(late.reason().code()).isEqualTo("LEASE_LAPSED");
    assertThat(worker.started).containsExactly(1L);
    assertThat(worker.killed).containsExactly(1L);
  }

  @Test
  void after_a_lapse_a_worker_takes_what_is_sent_by_who_has_heard_of_it() {
    worker.begin();
    assertThat(reconcile(OWNER, 1).lapses()).isZero();

    worker.clock.freeze(Duration.ofMinutes(1));
    pass(Duration.ofSeconds(3));

    assertThat(reconcile(OWNER, 1).lapses()).isEqualTo(1);
    DispatchBatch batch = new DispatchBatch(OWNER, 1, List.of(shell(1, "true")));
    assertThat(worker.dispatch(batch).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void an_attempt_whose_directory_is_made_too_slowly_does_not_start_after_a_lapse() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.slowDisk = SingleSubject.create();
    TestObserver<?> answer =
        worker.asking(new DispatchBatch(OWNER, 0, List.of(shell(1, "true")))).test();

    worker.clock.freeze(Duration.ofMinutes(1));
    pass(Duration.ofSeconds(3));
    worker.slowDisk.onSuccess(true);

    answer.assertComplete();
    assertThat(worker.started).isEmpty();
    assertThat(worker.lastReport().phase()).isEqualTo(Phase.LOST);
  }

  @Test
  void what_is_started_brings_its_own_lease_to_the_keeper() {
    worker.begin();
    worker.registry.reachable = false;
    pass(Duration.ofSeconds(2));

    worker.dispatch(shell(1, "true"));

    assertThat(worker.leases).containsExactly(TestWorker.SESSION.minusSeconds(2));
  }

  @Test
  void an_idle_worker_that_the_registry_does_not_answer_takes_work_while_owners_do() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    reconcile(OWNER, 1);

    worker.registry.reachable = false;
    pass(Duration.ofMinutes(10));

    assertThat(worker.dispatch(shell(1, "true")).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void an_owner_that_the_database_does_not_confirm_lengthens_nothing() {
    worker.begin().owner(OWNER, TestWorker::acknowledge);
    worker.dispatch(shell(1, "sleep 100"));
    worker.runs(1);
    pass(Duration.ofSeconds(10));

    worker.registry.reachable = false;
    worker.grant = Duration.ZERO;
    pass(Duration.ofSeconds(30));

    assertThat(worker.killed).containsExactly(1L);
    assertThat(worker.insisted).isPositive();
  }

  private void pass(Duration time) {
    worker.clock.pass(time);
  }

  private Inventory reconcile(String owner, long epoch) {
    return (Inventory)
        worker.ask(
            new Reconcile(owner, List.of(new Reconcile.SlotEpoch(shell(1, "").slot(), epoch))));
  }
}
