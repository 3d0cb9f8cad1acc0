package io.porpoise.simulation.history;

import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.simulation.World;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.store.RunStore.VersionedDefinition;
import io.porpoise.store.TaskGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One seed, played: some masters and workers, some users, some faults; then a time in which
 * everything must end.
 */
final class History {
  private static final Duration START_UP = Duration.ofSeconds(10);
  private static final Duration FAULT_TIME = Duration.ofSeconds(60);

  /**
   * Attempts of 90 s, each of several tasks in a row tried several times, of several instances that
   * wait for each other.
   */
  private static final Duration LIVENESS_BOUND = Duration.ofHours(3);

  /** After it nothing lags behind any more for the sake of a fault. */
  private static final Duration SETTLING = Duration.ofSeconds(60);

  private static final Duration AFTERMATH = Duration.ofSeconds(90);
  private static final Duration AFTERMATH_MIN = Duration.ofSeconds(15);
  private static final int WORKERS = 3;
  private static final int WORKFLOWS_MAX = 6;

  private final long seed;
  private final World world;
  private final SplittableRandom random;
  private final Surroundings around;
  private final HistoryChecker checker;
  private final List<MasterHost> masters = new ArrayList<>();
  private final List<WorkerHost> workers = new ArrayList<>();
  private final List<ApiHost> apis = new ArrayList<>();
  private final Users users;
  private final Wishes wishes;
  private final Faults faults;
  private final Set<FaultKind> kinds;
  private final Set<Feature> features;
  private int workflows;

  History(long seed, Set<FaultKind> allowed) {
    this.seed = seed;
    world = new World(seed);
    random = world.split();
    around = Surroundings.of(world);
    RandomScripts scripts = new RandomScripts(seed);
    Map<Long, WorkflowDefinition> definitions = new TreeMap<>();
    kinds = someOf(allowed);
    boolean hasTrueClocks = !kinds.contains(FaultKind.CLOCK_JUMP);
    Truth truth = new Truth(world, around.database(), scripts, definitions, hasTrueClocks);
    checker = new HistoryChecker(truth);
    boolean drifts = random.nextInt(3) == 0;
    for (int i = 1, count = random.nextInt(2, 4); i <= count; i++) {
      masters.add(new MasterHost(around, "m" + i, drift(drifts), random.nextInt(1, 4)));
    }
    int room = 0;
    for (int i = 1; i <= WORKERS; i++) {
      SimMachine machine = new SimMachine(world, "w" + i, scripts, checker);
      int capacity = random.nextInt(4) == 0 ? 1 : 20;
      workers.add(new WorkerHost(around, "w" + i, drift(drifts), machine, capacity));
      room += capacity;
    }
    if (room == WORKERS) {
      truth.isCrowded();
    }
    features = someOf(EnumSet.allOf(Feature.class));
    RandomWorkflows shapes = new RandomWorkflows(world.split(), features);
    workflows = random.nextInt(1, WORKFLOWS_MAX + 1);
    for (long id = 1; id <= workflows; id++) {
      VersionedDefinition definition = shapes.next(id);
      definitions.put(id, definition.definition());
      around.database().define(definition);
      defineGroup(RandomWorkflows.groupOfChildren(id));
    }
    RandomWorkflows.GROUPS.forEach(this::defineGroup);
    for (int i = 1, count = random.nextInt(1, 3); i <= count; i++) {
      apis.add(new ApiHost(around, "a" + i, drift(drifts)));
    }
    users = new Users(around, apis);
    wishes = new Wishes(around, users, definitions, features);
    faults = new Faults(around, kinds, masters, workers, apis);
  }

  World world() {
    return world;
  }

  HistoryChecker checker() {
    return checker;
  }

  /** Plays it to its end or to the first broken promise. */
  void play() {
    world.trace(
        () ->
            "seed "
                + seed
                + ": "
                + masters.size()
                + " masters, "
                + workers.size()
                + " workers, "
                + apis.size()
                + " API nodes, "
                + workflows
                + " workflows, faults "
                + kinds
                + ", features "
                + features);
    masters.forEach(host -> world.after(soon(START_UP), host::start));
    workers.forEach(host -> world.after(soon(START_UP), host::start));
    apis.forEach(host -> world.after(soon(START_UP), host::start));
    wishes.plan(FAULT_TIME);
    faults.plan(FAULT_TIME);
    world.runFor(FAULT_TIME);
    if (!world.failures().isEmpty()) {
      return;
    }
    faults.end();
    checker.faultsEnd(SETTLING);
    world.runUntil(this::hasEnded, LIVENESS_BOUND);
    if (world.failures().isEmpty()) {
      world.trace(() -> "the aftermath begins");
      world.runFor(AFTERMATH_MIN);
      world.runUntil(this::isTidy, AFTERMATH);
    }
    if (world.failures().isEmpty()) {
      checker.atTheEnd(users, workers.stream().map(WorkerHost::machine).toList());
      workers.forEach(
          host -> {
            if (host.unexpected() > 0) {
              world.fail(
                  "nothing is unexpected: " + host.unexpected() + " events at " + host.name());
            }
          });
    }
  }

  private boolean hasEnded() {
    return !users.isBusy()
        && !around.database().hasUnfinished()
        && around.database().commands().isEmpty();
  }

  /** Whether nothing is left behind. */
  private boolean isTidy() {
    return hasEnded()
        && workers.stream()
            .map(WorkerHost::machine)
            .allMatch(machine -> machine.alive().isEmpty() && machine.unreleased().isEmpty());
  }

  private void defineGroup(String name) {
    around.database().define(new TaskGroups.Group(name, random.nextInt(1, 4), ""));
  }

  private <T> Set<T> someOf(Collection<T> allowed) {
    Set<T> some = new LinkedHashSet<>();
    double density = random.nextDouble();
    for (T each : allowed) {
      if (random.nextDouble() < density) {
        some.add(each);
      }
    }
    return some;
  }

  private long drift(boolean drifts) {
    return drifts ? random.nextLong(-200, 200) : 0;
  }

  private Duration soon(Duration atMost) {
    return Duration.ofMillis(random.nextLong(atMost.toMillis()));
  }
}
