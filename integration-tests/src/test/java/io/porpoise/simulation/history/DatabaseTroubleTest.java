package io.porpoise.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.message.Explain;
import io.porpoise.bus.message.Explanations;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.simulation.SimBus;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.simulation.machine.MachineListener;
import io.porpoise.simulation.machine.Script;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.worker.spool.Attempt;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is away, or that does not like one instance. */
class DatabaseTroubleTest {
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Duration TASK = Duration.ofSeconds(10);
  private static final MemberId M1 = new MemberId(Role.MASTER, new NodeId("m1"), 1);

  private final World world = new World(1);
  private final Surroundings around = Surroundings.of(world);
  private final List<TaskInstanceId> started = new ArrayList<>();
  private final SimMachine machine =
      new SimMachine(
          world, "w1", id -> new Script(true, TASK, 0, true, Map.of()), new StartListener());
  private final SimNode asker = new SimNode(world, "asker");
  private final SimBus bus = new SimBus(asker, around.network());
  private final CompositeDisposable asking = new CompositeDisposable();
  private final List<WorkflowInstanceId> ids = new ArrayList<>();
  private final MasterHost master = new MasterHost(around, "m1", 0, 1);
  private final ApiHost api = new ApiHost(around, "a1", 0);
  private final Users users = new Users(around, List.of(api));

  @BeforeEach
  void a_master_and_a_worker_are_there() {
    around.database().define(RandomWorkflows.plain(1));
    master.start();
    api.start();
    new WorkerHost(around, "w1", 0, machine, 20).start();
    world.runFor(Duration.ofSeconds(10));
  }

  /** Starts so many and waits until they run. */
  private void run(int count) {
    for (int i = 0; i < count; i++) {
      users.start(1, ids::add);
    }
    until(() -> machine.alive().size() == count);
  }

  @Test
  void an_instance_that_the_database_refuses_is_set_aside_and_goes_on_when_it_is_accepted_again() {
    run(3);
    WorkflowInstanceId bad = ids.get(1);
    around.database().setPoison(change -> change.id().equals(bad));

    until(() -> isSucceeded(ids.get(0)) && isSucceeded(ids.get(2)));
    Reason why = reason(bad);
    assertThat(why.code()).isEqualTo("SET_ASIDE");
    assertThat(why.text()).contains("data too long", "tried again at");
    world.runFor(TASK);
    assertThat(machine.unreleased()).as("its report is kept").hasSize(1);

    around.database().setPoison(change -> false);
    until(() -> isSucceeded(bad));
    assertThat(started).as("nothing ran twice").hasSize(3);
    until(() -> machine.unreleased().isEmpty());
  }

  @Test
  void a_stop_brings_an_instance_back_that_was_set_aside() {
    run(1);
    WorkflowInstanceId bad = ids.get(0);
    around
        .database()
        .setPoison(
            change -> change.tasks().stream().anyMatch(t -> t.state() == TaskState.SUCCEEDED));
    world.runFor(TASK);
    until(() -> reason(bad) != null && reason(bad).code().equals("SET_ASIDE"));
    world.runFor(Duration.ofHours(1)); // tried in vain, with pauses that grow
    assertThat(reason(bad).code()).isEqualTo("SET_ASIDE");
    around.database().setPoison(change -> false);

    users.stop(bad);

    assertThat(world.runUntil(() -> isFinished(bad), Duration.ofSeconds(30))).isTrue();
    until(() -> around.database().commands().isEmpty());
  }

  @Test
  void an_instance_that_cannot_be_read_keeps_no_other_out_of_memory() {
    run(3);
    WorkflowInstanceId bad = ids.get(1);
    around.database().setUnreadable(bad::equals);

    master.crash();
    master.start();

    until(() -> isSucceeded(ids.get(0)) && isSucceeded(ids.get(2)));
    assertThat(around.database().instance(bad).orElseThrow().isFinished()).isFalse();
    around.database().setUnreadable(id -> false);
    until(() -> isSucceeded(bad));
    assertThat(started).hasSize(3);
  }

  @Test
  void nothing_is_lost_or_doubled_when_the_database_is_away_for_long() {
    run(20);
    around.database().stop();
    world.runFor(Duration.ofHours(2));
    assertThat(machine.alive()).isEmpty();
    assertThat(machine.unreleased()).hasSize(20);
    around.database().start();

    assertThat(
            world.runUntil(() -> ids.stream().allMatch(this::isSucceeded), Duration.ofSeconds(20)))
        .isTrue();
    assertThat(started).hasSize(20);
    until(() -> machine.unreleased().isEmpty());
  }

  private boolean isSucceeded(WorkflowInstanceId id) {
    return around.database().instance(id).orElseThrow().state() == WorkflowState.SUCCEEDED;
  }

  private boolean isFinished(WorkflowInstanceId id) {
    return around.database().instance(id).orElseThrow().isFinished();
  }

  private Reason reason(WorkflowInstanceId id) {
    List<Explanations> answers = new ArrayList<>();
    asking.add(
        bus.request(Addresses.shard(M1, 0), new Explain(List.of(id)), Duration.ofSeconds(1))
            .subscribe(
                answer -> answers.add((Explanations) answer),
                error -> answers.add(new Explanations(List.of(), List.of()))));
    until(() -> !answers.isEmpty());
    return answers.get(0).explanations().stream()
        .map(Explanations.Explanation::reason)
        .findFirst()
        .orElse(null);
  }

  private void until(java.util.function.BooleanSupplier condition) {
    assertThat(world.runUntil(condition, LONG)).as("failures: %s", world.failures()).isTrue();
    assertThat(world.failures()).isEmpty();
  }

  private final class StartListener implements MachineListener {
    @Override
    public void started(SimMachine on, Attempt attempt) {
      started.add(attempt.id());
    }

    @Override
    public void gone(SimMachine on, Attempt attempt) {}
  }
}
