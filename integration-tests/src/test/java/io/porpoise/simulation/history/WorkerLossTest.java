package io.porpoise.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.definition.document.DocumentReader;
import io.porpoise.definition.document.ReadResult;
import io.porpoise.definition.document.TaskTypes;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.simulation.SimZooKeeper;
import io.porpoise.simulation.World;
import io.porpoise.simulation.machine.MachineListener;
import io.porpoise.simulation.machine.Script;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.simulation.store.SimDatabase;
import io.porpoise.store.RunStore.VersionedDefinition;
import io.porpoise.worker.spool.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the attempts of a worker that dies, is frozen or is cut off. */
class WorkerLossTest {
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final int WORKERS = 5;

  private static final String MAKE_AND_USE =
      """
      workflow: {name: w, param: {day: "2026-11-21"}}
      tasks:
        - {name: make, task_type: Shell, command: "true",
           local_params: [{prop: made, direct: OUT, type: VARCHAR}]}
        - {name: use, task_type: Shell, command: "use ${made} of ${day}", deps: [make]}
      """;

  private final World world = new World(1);
  private final Surroundings around = Surroundings.of(world);
  private final List<Attempt> started = new ArrayList<>();
  private final Map<Long, Long> goneAt = new TreeMap<>();
  private final Map<String, WorkerHost> workers = new TreeMap<>();
  private final MasterHost master = new MasterHost(around, "m1", 0, 1);
  private final ApiHost api = new ApiHost(around, "a1", 0);
  private final Users users = new Users(around, List.of(api));
  private WorkflowInstanceId instance;
  private Duration useTakes = Duration.ofHours(1);

  @BeforeEach
  void a_master_and_workers_are_there() {
    master.start();
    api.start();
    for (int i = 1; i <= WORKERS; i++) {
      SimMachine machine = new SimMachine(world, "w" + i, this::script, new Listener());
      WorkerHost host = new WorkerHost(around, "w" + i, 0, machine, 20);
      workers.put(host.name(), host);
      host.start();
    }
    world.runFor(Duration.ofSeconds(10));
  }

  @Test
  void the_task_of_a_dead_worker_starts_again_28_s_later_with_the_same_parameters() {
    run(MAKE_AND_USE);
    Attempt first = lastStarted();
    long diedAt = world.nanos();
    workerOf(first).crash();
    useTakes = Duration.ofSeconds(1);

    until(() -> started.size() == 3);

    Attempt second = lastStarted();
    assertThat(seconds(world.nanos() - diedAt)).isBetween(25L, 30L);
    assertThat(goneAt.get(first.id().value())).isLessThan(world.nanos());
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.dispatch().taskParams()).isEqualTo(first.dispatch().taskParams());
    assertThat(second.dispatch().taskParams().get("command").toString())
        .isEqualTo("use what make made of 2026-11-21");
    until(() -> state() == WorkflowState.SUCCEEDED);
    assertThat(use())
        .extracting(TaskInstance::state)
        .containsExactly(TaskState.LOST, TaskState.SUCCEEDED);
  }

  @Test
  void a_task_that_bears_two_attempts_starts_again_as_soon_as_its_worker_is_missed() {
    run(MAKE_AND_USE.replace("deps:", "on_worker_loss: at_once, deps:"));
    long diedAt = world.nanos();
    workerOf(lastStarted()).crash();

    until(() -> started.size() == 3);

    assertThat(seconds(world.nanos() - diedAt)).isLessThan(9);
  }

  @Test
  void even_such_a_task_waits_for_a_worker_that_was_asked_to_stop_and_comes_back() {
    run(MAKE_AND_USE.replace("deps:", "on_worker_loss: at_once, deps:"));
    WorkerHost stopped = workerOf(lastStarted());
    stopped.stop();
    until(() -> !stopped.isUp());
    world.runFor(Duration.ofSeconds(5));
    stopped.start();
    world.runFor(Duration.ofMinutes(1));

    assertThat(started).hasSize(2);
    assertThat(stopped.machine().alive()).hasSize(1);
  }

  @Test
  void a_task_that_loses_its_workers_again_and_again_fails_with_the_reason() {
    run(MAKE_AND_USE);
    for (int attempts = 2; attempts <= 5; attempts++) {
      int before = attempts;
      until(() -> started.size() == before);
      workerOf(lastStarted()).crash();
    }

    until(() -> state() == WorkflowState.FAILED);

    assertThat(use())
        .extracting(TaskInstance::state)
        .containsExactly(TaskState.LOST, TaskState.LOST, TaskState.LOST, TaskState.FAILED);
    assertThat(use().get(3).reason().code()).isEqualTo("LOST_TOO_OFTEN");
  }

  @Test
  void a_frozen_worker_loses_its_attempts_to_its_keeper_and_starts_none_when_it_goes_on() {
    run(MAKE_AND_USE);
    Attempt first = lastStarted();
    WorkerHost frozen = workerOf(first);
    frozen.node().pause();

    until(() -> started.size() == 3);
    frozen.node().resume();
    world.runFor(Duration.ofMinutes(2));

    assertThat(goneAt).containsKey(first.id().value());
    assertThat(started).hasSize(3);
    assertThat(frozen.machine().alive()).isEmpty();
  }

  @Test
  void a_late_answer_of_the_owner_lengthens_nothing() {
    run(MAKE_AND_USE);
    Attempt first = lastStarted();
    WorkerHost worker = workerOf(first);
    boolean[] hasAsked = {false};
    around
        .network()
        .setWire(
            message -> {
              hasAsked[0] |=
                  message instanceof LeaseRequest request
                      && request.worker().node().value().equals(worker.name());
              return message;
            });
    until(() -> hasAsked[0]);

    worker.node().pause();
    world.runFor(Duration.ofSeconds(1));
    cut(List.of(worker.name()), List.of(master.name(), SimZooKeeper.HOST));
    world.runFor(Duration.ofSeconds(14));
    worker.node().resume();
    until(() -> started.size() == 3);

    assertThat(goneAt).containsKey(first.id().value());
  }

  @Test
  void a_master_and_a_worker_that_are_cut_off_together_end_what_the_others_start_again() {
    MasterHost other = new MasterHost(around, "m2", 0, 1);
    other.start();
    world.runFor(Duration.ofSeconds(10));
    run(MAKE_AND_USE);
    Attempt first = lastStarted();
    boolean isOfOther = first.ownerAddress().contains(other.name());
    List<String> far = List.of(workerOf(first).name(), isOfOther ? other.name() : master.name());
    List<String> near = new ArrayList<>(workers.keySet());
    near.addAll(List.of("m1", "m2", "a1", SimZooKeeper.HOST, SimDatabase.HOST));
    near.removeAll(far);

    cut(far, near);
    until(() -> started.size() == 3);

    assertThat(goneAt).containsKey(first.id().value());
  }

  @Test
  void attempts_go_on_while_the_registry_is_away_however_long_that_is() {
    run(MAKE_AND_USE);
    around.zooKeeper().stop();
    world.runFor(Duration.ofMinutes(20));
    around.zooKeeper().start();
    world.runFor(Duration.ofMinutes(2));

    assertThat(goneAt).doesNotContainKey(lastStarted().id().value());
    assertThat(started).hasSize(2);
  }

  @Test
  void attempts_go_on_while_the_database_is_away_however_long_that_is() {
    run(MAKE_AND_USE);
    around.database().stop();
    world.runFor(Duration.ofMinutes(20));
    around.database().start();
    world.runFor(Duration.ofMinutes(2));

    assertThat(goneAt).doesNotContainKey(lastStarted().id().value());
    assertThat(started).hasSize(2);
  }

  @Test
  void with_both_away_attempts_end_within_the_lease() {
    run(MAKE_AND_USE);
    around.zooKeeper().stop();
    around.database().stop();

    world.runFor(Duration.ofSeconds(28));

    assertThat(goneAt).containsKey(lastStarted().id().value());
  }

  /** Until the second task runs. */
  private void run(String document) {
    ReadResult result = DocumentReader.read(document, TaskTypes.all());
    assertThat(result.errors()).isEmpty();
    WorkflowDefinition definition = result.document().definition();
    around
        .database()
        .define(
            new VersionedDefinition(
                1,
                "project",
                1,
                RandomWorkflows.VERSION,
                definition,
                Map.of("make", 1L, "use", 2L),
                null));
    users.start(1, id -> instance = id);
    until(() -> started.size() == 2);
  }

  private void cut(List<String> far, List<String> near) {
    far.forEach(one -> near.forEach(another -> around.network().cutBoth(one, another)));
  }

  private Script script(io.porpoise.instance.TaskInstanceId id) {
    boolean isFirst = started.isEmpty() || started.get(0).id().equals(id);
    return new Script(
        true,
        isFirst ? Duration.ofSeconds(1) : useTakes,
        0,
        true,
        Map.of("made", "what make made"));
  }

  private Attempt lastStarted() {
    return started.get(started.size() - 1);
  }

  private WorkerHost workerOf(Attempt attempt) {
    return workers.values().stream()
        .filter(host -> host.machine().isAlive(attempt.id()))
        .findFirst()
        .orElseThrow();
  }

  private List<TaskInstance> use() {
    return around.database().tasks(instance).stream()
        .filter(task -> task.name().equals("use"))
        .toList();
  }

  private WorkflowState state() {
    return around.database().instance(instance).orElseThrow().state();
  }

  private void until(BooleanSupplier condition) {
    assertThat(world.runUntil(condition, LONG)).as("failures: %s", world.failures()).isTrue();
    assertThat(world.failures()).isEmpty();
  }

  private static long seconds(long nanos) {
    return Duration.ofNanos(nanos).toSeconds();
  }

  private final class Listener implements MachineListener {
    @Override
    public void started(SimMachine on, Attempt attempt) {
      started.add(attempt);
    }

    @Override
    public void gone(SimMachine on, Attempt attempt) {
      goneAt.put(attempt.id().value(), world.nanos());
    }
  }
}
