package io.porpoise.simulation.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.simulation.SimNetwork;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.store.Batch;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.Journal;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.store.StoreUnavailable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimDatabaseTest {
  private static final NodeId MASTER = new NodeId("m1");
  private static final WorkflowInstanceId ID = new WorkflowInstanceId(1);

  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private final World world = new World(1);
  private final SimNetwork network = new SimNetwork(world);
  private final SimDatabase database = new SimDatabase(world, network);
  private final SimNode node = new SimNode(world, "m1");
  private final SimJournal journal = new SimJournal(node, database);

  @BeforeEach
  void an_instance_in_an_owned_slot() {
    await(new SimInstanceIntake(node, database).start(start(ID, null)));
    List<SlotRow> free = List.of(database.slots().get(ID.slot()));
    await(new SimSlotStore(node, database).claim(MASTER, 1, free));
  }

  private static InstanceIntake.Start start(WorkflowInstanceId id, String key) {
    return new InstanceIntake.Start(
        id,
        1,
        1,
        1,
        ExecutionType.PARALLEL,
        StartOptions.NONE,
        null,
        1,
        "admin",
        key,
        World.GENESIS);
  }

  private <T> Object await(Single<T> call) {
    List<Object> outcome = new ArrayList<>();
    call.subscribe(outcome::add, outcome::add, subscriptions);
    world.runUntil(() -> !outcome.isEmpty(), Duration.ofSeconds(20));
    return outcome.isEmpty() ? "nothing" : outcome.get(0);
  }

  private Batch running(long seq, long epoch) {
    WorkflowInstance instance = database.instance(ID).orElseThrow().started(World.GENESIS);
    return new Batch(
        MASTER,
        1,
        0,
        seq,
        Map.of(ID.slot(), epoch),
        List.of(
            new Batch.InstanceChange(
                ID, instance, List.of(), List.of(), List.of(), List.of(), List.of())));
  }

  private WorkflowState state() {
    return database.instance(ID).orElseThrow().state();
  }

  @Test
  void a_batch_of_the_owner_is_committed_and_counted() {
    assertThat(await(journal.commit(running(1, 1)))).isEqualTo(new Journal.Committed());

    assertThat(state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(await(journal.lastSeq(MASTER, 1, 0))).isEqualTo(1L);
    assertThat(await(journal.lastSeq(MASTER, 2, 0))).isEqualTo(0L);
  }

  @Test
  void nothing_of_a_batch_of_a_former_owner_is_written() {
    SlotRow row = database.slots().get(ID.slot());
    await(new SimSlotStore(node, database).claim(new NodeId("m2"), 1, List.of(row)));

    Object outcome = await(journal.commit(running(1, 1)));

    assertThat(outcome).isInstanceOf(Journal.LostSlots.class);
    assertThat(state()).isEqualTo(WorkflowState.SUBMITTED);
  }

  @Test
  void a_claim_on_an_outdated_epoch_gains_nothing() {
    SlotRow outdated = new SlotRow(ID.slot(), null, 0, 0);

    Object gained =
        await(new SimSlotStore(node, database).claim(new NodeId("m2"), 1, List.of(outdated)));

    assertThat(gained).isEqualTo(List.of());
  }

  @Test
  void poison_is_rejected_with_the_whole_batch() {
    database.setPoison(change -> true);

    assertThat(await(journal.commit(running(1, 1)))).isInstanceOf(Journal.Rejected.class);
    assertThat(state()).isEqualTo(WorkflowState.SUBMITTED);
  }

  @Test
  void a_lost_reply_leaves_the_effect_and_the_number_tells() {
    database.setFaults(new DatabaseFaults(0, 0, 0, 1, 0, 0, Duration.ZERO));
    assertThat(await(journal.commit(running(1, 1)))).isInstanceOf(StoreUnavailable.class);

    database.setFaults(DatabaseFaults.NONE);
    assertThat(await(journal.lastSeq(MASTER, 1, 0))).isEqualTo(1L);
  }

  @Test
  void a_lost_request_and_a_deadlock_leave_nothing() {
    database.setFaults(new DatabaseFaults(0, 0, 1, 0, 0, 0, Duration.ZERO));
    assertThat(await(journal.commit(running(1, 1)))).isInstanceOf(StoreUnavailable.class);
    database.setFaults(new DatabaseFaults(1, 0, 0, 0, 0, 0, Duration.ZERO));
    assertThat(await(journal.commit(running(1, 1)))).isInstanceOf(StoreUnavailable.class);

    database.setFaults(DatabaseFaults.NONE);
    assertThat(await(journal.lastSeq(MASTER, 1, 0))).isEqualTo(0L);
  }

  @Test
  void the_question_for_the_last_number_waits_for_a_commit_that_is_still_on_its_way() {
    database.setFaults(new DatabaseFaults(0, 0, 0, 0, 1, 0, Duration.ZERO));
    assertThat(await(journal.commit(running(1, 1)))).isInstanceOf(StoreUnavailable.class);
    assertThat(state()).isEqualTo(WorkflowState.SUBMITTED);

    database.setFaults(DatabaseFaults.NONE);
    assertThat(await(journal.lastSeq(MASTER, 1, 0))).isEqualTo(1L);
    assertThat(state()).isEqualTo(WorkflowState.RUNNING);
  }

  @Test
  void what_a_frozen_database_was_sent_takes_effect_when_it_goes_on_if_at_all() {
    int late = 0;
    for (long seq = 1; seq <= 20; seq++) {
      database.freeze();
      assertThat(await(journal.commit(running(seq, 1)))).isInstanceOf(StoreUnavailable.class);
      database.thaw();
      late += await(journal.lastSeq(MASTER, 1, 0)).equals(seq) ? 1 : 0;
    }

    assertThat(late).isBetween(1, 19);
  }

  @Test
  void a_node_that_is_cut_off_gets_no_answer_and_changes_nothing() {
    network.cut("m1", SimDatabase.HOST);

    assertThat(await(journal.commit(running(1, 1)))).isInstanceOf(StoreUnavailable.class);
    assertThat(state()).isEqualTo(WorkflowState.SUBMITTED);
  }

  @Test
  void the_same_idempotency_key_stands_for_the_same_instance() {
    SimInstanceIntake intake = new SimInstanceIntake(node, database);

    await(intake.start(start(new WorkflowInstanceId(2), "k")));
    Object accepted = await(intake.start(start(new WorkflowInstanceId(3), "k")));

    assertThat(((InstanceIntake.Accepted) accepted).isNew()).isFalse();
    assertThat(((InstanceIntake.Accepted) accepted).instance().id())
        .isEqualTo(new WorkflowInstanceId(2));
  }
}
