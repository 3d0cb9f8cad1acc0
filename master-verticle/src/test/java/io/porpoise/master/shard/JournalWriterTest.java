package io.porpoise.master.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.engine.Effect;
import io.porpoise.simulation.SimNetwork;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.simulation.store.SimDatabase;
import io.porpoise.simulation.store.SimJournal;
import io.porpoise.simulation.store.SimSlotStore;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.SlotStore.SlotRow;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What gathers for a database that is away, and how it leaves. */
class JournalWriterTest {
  private static final MemberId M1 = new MemberId(Role.MASTER, new NodeId("m1"), 1);
  private static final WorkflowInstanceId ONE = new WorkflowInstanceId(1);
  private static final WorkflowInstanceId TWO = new WorkflowInstanceId(2);
  private static final long BYTES_MAX = 100_000;

  private final World world = new World(1);
  private final SimDatabase database = new SimDatabase(world, new SimNetwork(world));
  private final SimNode node = new SimNode(world, "m1");
  private final Ownership ownership = new Ownership();
  private final Backlog backlog = new Backlog(BYTES_MAX);
  private final Map<WorkflowInstanceId, String> refused = new HashMap<>();
  private final List<InstanceChange> committed = new ArrayList<>();
  private final CompositeDisposable running = new CompositeDisposable();
  private final JournalWriter journal =
      new JournalWriter(
          node.clock(),
          new SimJournal(node, database),
          M1,
          0,
          MasterSettings.DEFAULTS,
          ownership,
          backlog,
          new Listener());
  private int durable;
  private int dropped;

  @BeforeEach
  void m1_owns_all_slots() {
    SimSlotStore slots = new SimSlotStore(node, database);
    running.add(
        slots
            .all()
            .flatMap(rows -> slots.claim(M1.node(), M1.incarnation(), rows))
            .subscribe(
                rows -> {
                  Map<Integer, Long> epochs = new HashMap<>();
                  for (SlotRow row : rows) {
                    epochs.put(row.slot(), row.epoch());
                  }
                  ownership.gain(epochs, 0);
                },
                error -> world.fail("not claimed: " + error)));
    world.runFor(Duration.ofSeconds(1));
    database.onCommit(batch -> committed.addAll(batch.changes()));
  }

  @Test
  void what_waits_for_a_database_that_is_away_is_weighed_and_leaves_when_it_is_back() {
    database.stop();
    delete(ONE, 1);
    while (!backlog.isFull()) {
      waitFor(ONE);
      world.runFor(Duration.ofMillis(100));
    }
    assertThat(backlog.bytes()).isBetween(BYTES_MAX, BYTES_MAX + 1_000);
    assertThat(journal.isStruggling()).isTrue();

    database.start();
    world.runFor(Duration.ofSeconds(5));

    assertThat(backlog.bytes()).isZero();
    assertThat(durable).isEqualTo((int) (BYTES_MAX / Backlog.WAITER_BYTES));
    assertThat(committed).hasSize(1);
  }

  @Test
  void what_is_refused_weighs_nothing_any_more_and_the_rest_is_written() {
    database.setPoison(change -> change.id().equals(TWO));
    delete(ONE, 1);
    waitFor(ONE);
    delete(TWO, 2);
    waitFor(TWO);

    world.runFor(Duration.ofSeconds(5));

    assertThat(refused).containsExactly(Map.entry(TWO, "data too long"));
    assertThat(committed).extracting(InstanceChange::id).containsExactly(ONE);
    assertThat(durable).isEqualTo(1);
    assertThat(dropped).isEqualTo(1);
    assertThat(backlog.bytes()).isZero();
  }

  @Test
  void what_is_discarded_weighs_nothing_any_more() {
    database.stop();
    delete(ONE, 1);
    world.runFor(Duration.ofSeconds(1));
    delete(TWO, 2);
    waitFor(TWO);
    assertThat(backlog.bytes()).isPositive();

    journal.discard(TWO);

    assertThat(backlog.bytes()).isZero();
    assertThat(dropped).isEqualTo(1);
  }

  private void delete(WorkflowInstanceId id, long command) {
    journal.addCommand(id, command, null);
    journal.flush();
  }

  private void waitFor(WorkflowInstanceId id) {
    journal.whenDurable(id, () -> durable++, () -> dropped++);
  }

  private final class Listener implements JournalListener {
    @Override
    public void committed(
        WorkflowInstanceId id, WorkflowInstance instance, List<TaskInstance> tasks) {}

    @Override
    public void perform(WorkflowInstanceId id, Effect effect) {}

    @Override
    public void lost(Set<Integer> slots) {
      world.fail("lost " + slots);
    }

    @Override
    public void quarantined(WorkflowInstanceId id, String why) {
      refused.put(id, why);
    }
  }
}
