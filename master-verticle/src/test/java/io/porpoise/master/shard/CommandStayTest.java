package io.porpoise.master.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.MasterPorts;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.owner.SlotAddresses;
import io.porpoise.simulation.SimBus;
import io.porpoise.simulation.SimNetwork;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.simulation.store.SimDatabase;
import io.porpoise.simulation.store.SimInstanceIntake;
import io.porpoise.simulation.store.SimJournal;
import io.porpoise.simulation.store.SimRetention;
import io.porpoise.simulation.store.SimRunStore;
import io.porpoise.simulation.store.SimSerialQueue;
import io.porpoise.simulation.store.SimSlotStore;
import io.porpoise.simulation.store.SimTaskGroups;
import io.porpoise.store.Batch;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.RunStore.VersionedDefinition;
import io.porpoise.store.SlotStore.SlotRow;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A shard that gets no ids from the database cannot apply a command that it has read. Should its
 * slot go to somebody else and come back meanwhile, the command may have been applied there.
 */
class CommandStayTest {
  private static final WorkflowInstanceId ID = new WorkflowInstanceId(5);
  private static final MemberId M1 = new MemberId(Role.MASTER, new NodeId("m1"), 1);
  private static final NodeId M2 = new NodeId("m2");

  private final World world = new World(1);
  private final SimNetwork network = new SimNetwork(world);
  private final SimDatabase database = new SimDatabase(world, network);
  private final SimNode node = new SimNode(world, "m1");
  private final SimNode other = new SimNode(world, "m2");
  private final SingleSubject<Long> ids = SingleSubject.create();
  private final List<Long> appliedHere = new ArrayList<>();
  private final CompositeDisposable running = new CompositeDisposable();
  private final Shard shard =
      new Shard(M1, 0, ports(), MasterSettings.DEFAULTS, new NoEvents(), new NoAddresses());
  private long epoch;

  private MasterPorts ports() {
    return new MasterPorts(
        node.clock(),
        new SimBus(node, network),
        null,
        null,
        new SimSlotStore(node, database),
        new SimRunStore(node, database),
        new SimJournal(node, database),
        (sequence, size) -> ids,
        new SimInstanceIntake(node, database),
        new SimSerialQueue(node, database),
        new SimTaskGroups(node, database),
        new SimRetention(node, database));
  }

  @BeforeEach
  void an_instance_has_been_read_together_with_a_command() {
    database.define(
        new VersionedDefinition(
            1,
            "p",
            1,
            1,
            WorkflowDefinition.of("w", List.of(TaskDefinition.shell("t", "true")), List.of()),
            Map.of("t", 1L),
            null));
    database.onCommit(this::committed);
    SimInstanceIntake intake = new SimInstanceIntake(other, database);
    done(
        intake.start(
            new Start(
                ID,
                1,
                1,
                1,
                ExecutionType.PARALLEL,
                StartOptions.NONE,
                null,
                1,
                "ann",
                null,
                node.clock().now())));
    done(intake.command(new Wish(ID, Command.Type.STOP, null, "ann")));
    running.add(shard.start().subscribe());
    gain();
    assertThat(database.commands()).hasSize(1);
    assertThat(state()).isEqualTo(WorkflowState.SUBMITTED);
  }

  private void committed(Batch batch) {
    if (batch.node().equals(M1.node())) {
      batch.changes().forEach(change -> appliedHere.addAll(change.appliedCommands()));
    }
  }

  private <T> T done(Single<T> work) {
    List<T> results = new ArrayList<>();
    running.add(work.subscribe(result -> results.add(result)));
    world.runFor(Duration.ofSeconds(1));
    return results.get(0);
  }

  private WorkflowState state() {
    return database.instance(ID).orElseThrow().state();
  }

  private long claim(SimNode by, NodeId owner) {
    SimSlotStore slots = new SimSlotStore(by, database);
    List<SlotRow> free = done(slots.all()).stream().filter(row -> row.slot() == ID.slot()).toList();
    return done(slots.claim(owner, 1, free)).get(0).epoch();
  }

  /** The shard gets the slot, reads it, and has time to see the command. */
  private void gain() {
    epoch = claim(node, M1.node());
    shard.adopt(Map.of(ID.slot(), epoch));
    world.runFor(Duration.ofSeconds(1));
  }

  /** Another owner applies the command. */
  private void applyElsewhere(long command) {
    long theirs = claim(other, M2);
    shard.lose(Set.of(ID.slot()));
    Batch.InstanceChange change =
        new Batch.InstanceChange(
            ID, null, List.of(), List.of(), List.of(command), List.of(), List.of());
    done(
        new SimJournal(other, database)
            .commit(new Batch(M2, 1, 0, 1, Map.of(ID.slot(), theirs), List.of(change))));
    assertThat(database.commands()).isEmpty();
  }

  @Test
  void a_command_is_applied_when_there_are_ids() {
    long command = database.commands().get(0).id();

    ids.onSuccess(1L);
    world.runFor(Duration.ofSeconds(1));

    assertThat(appliedHere).containsExactly(command);
    assertThat(state()).isEqualTo(WorkflowState.STOPPED);
  }

  @Test
  void a_command_that_another_owner_has_applied_is_not_applied_again_when_the_slot_is_back() {
    applyElsewhere(database.commands().get(0).id());
    gain();

    ids.onSuccess(1L);
    world.runFor(Duration.ofSeconds(1));

    assertThat(appliedHere).isEmpty();
    assertThat(state()).isEqualTo(WorkflowState.RUNNING);
  }

  private static final class NoEvents implements MasterEvents {
    @Override
    public void unexpected(WorkflowInstanceId id, WorkflowEvent event) {
      throw new AssertionError(event.toString());
    }

    @Override
    public void slotsLost(Set<Integer> slots) {}

    @Override
    public void broken(String what, Throwable why) {
      throw new AssertionError(what, why);
    }
  }

  private static final class NoAddresses implements SlotAddresses {
    @Override
    public Optional<String> addressOf(int slot) {
      return Optional.empty();
    }

    @Override
    public void refresh() {}
  }
}
