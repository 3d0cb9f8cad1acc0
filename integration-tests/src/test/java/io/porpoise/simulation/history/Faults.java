package io.porpoise.simulation.history;

import io.porpoise.simulation.NetworkFaults;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.SimZooKeeper;
import io.porpoise.simulation.store.DatabaseFaults;
import io.porpoise.simulation.store.SimDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Lets things go wrong at random for a while, and then puts everything right. */
public final class Faults {
  private static final Duration CLOCK_JUMP_MAX = Duration.ofMinutes(1);

  private static final int FAULTS_MAX = 12;
  private static final Duration SUPERVISION = Duration.ofSeconds(1);

  private final Surroundings around;
  private final SplittableRandom random;
  private final List<FaultKind> kinds;
  private final List<MasterHost> masters;
  private final List<WorkerHost> workers;
  private final List<ApiHost> apis;
  private final List<Host> hosts = new ArrayList<>();
  private boolean isOver;

  public Faults(
      Surroundings around,
      Set<FaultKind> kinds,
      List<MasterHost> masters,
      List<WorkerHost> workers,
      List<ApiHost> apis) {
    this.around = around;
    this.random = around.world().split();
    this.kinds = List.copyOf(new java.util.TreeSet<>(kinds));
    this.masters = masters;
    this.workers = workers;
    this.apis = apis;
    hosts.addAll(masters);
    hosts.addAll(workers);
    hosts.addAll(apis);
  }

  /** Draws what happens when, in the time from now on. */
  public void plan(Duration time) {
    if (kinds.isEmpty()) {
      return;
    }
    int number = random.nextInt(1, FAULTS_MAX + 1);
    for (int i = 0; i < number; i++) {
      FaultKind kind = kinds.get(random.nextInt(kinds.size()));
      after(millis(time), () -> happen(kind));
    }
  }

  /** Ends all faults: links, processes and services are as they should be from now on. */
  void end() {
    isOver = true;
    around.world().trace(() -> "the faults are over");
    around.network().healAll();
    around.network().setFaults(NetworkFaults.NONE);
    around.database().setFaults(DatabaseFaults.NONE);
    around.database().thaw();
    around.database().start();
    around.zooKeeper().start();
    hosts.stream().filter(Host::isUp).map(Host::node).forEach(Faults::letGo);
    keepUp();
    workers.forEach(worker -> worker.machine().setDiskFaults(0));
  }

  /** As a supervisor does; one that was asked to stop shortly before may go down only now. */
  private void keepUp() {
    hosts.forEach(Host::start);
    var unused = around.world().after(SUPERVISION, this::keepUp);
  }

  private void happen(FaultKind kind) {
    switch (kind) {
      case MASTER_CRASH -> crash(any(masters));
      case WORKER_CRASH -> crash(any(workers));
      case API_CRASH -> crash(any(apis));
      case MACHINE_CRASH -> switchOff(any(workers));
      case POWER_LOSS -> losePower();
      case MASTER_STOP -> stop(any(masters));
      case WORKER_STOP -> stop(any(workers));
      case PAUSE -> pause(any(hosts));
      case LOOP_STALL -> stall(any(masters));
      case PARTITION -> partition();
      case SPLIT -> split();
      case SESSION_LOSS -> loseSession(any(hosts));
      case REGISTRY_AWAY -> {
        around.zooKeeper().stop();
        after(millis(Duration.ofSeconds(25)), around.zooKeeper()::start);
      }
      case DATABASE_AWAY -> {
        around.database().stop();
        after(millis(Duration.ofSeconds(25)), around.database()::start);
      }
      case DATABASE_FROZEN -> {
        around.database().freeze();
        after(millis(Duration.ofSeconds(15)), around.database()::thaw);
      }
      case MESSAGES -> disturbMessages();
      case DATABASE_CALLS -> disturbDatabase();
      case CLOCK_JUMP -> jump(any(hosts));
      case DISK -> disturbDisk(any(workers));
    }
  }

  private void crash(Host host) {
    host.crash();
    // Sometimes a worker stays away for so long that it is given up.
    after(millis(Duration.ofSeconds(random.nextBoolean() ? 3 : 60)), host::start);
  }

  private void switchOff(WorkerHost host) {
    around.world().trace(() -> "the machine of " + host.name() + " is switched off");
    crash(host);
    host.machine().loseMemory();
  }

  private void losePower() {
    around.world().trace(() -> "the power fails");
    masters.forEach(this::crash);
    workers.forEach(this::switchOff);
    apis.forEach(this::crash);
    around.database().stop();
    after(millis(Duration.ofSeconds(5)), around.database()::start);
  }

  private void stop(Host host) {
    host.stop();
    after(Duration.ofSeconds(31).plus(millis(Duration.ofSeconds(10))), host::start);
  }

  private void pause(Host host) {
    if (host.isUp()) {
      var life = host.node();
      life.pause();
      after(millis(Duration.ofSeconds(random.nextBoolean() ? 4 : 40)), life::resume);
    }
  }

  private void stall(Host host) {
    if (host.isUp()) {
      List<SimNode> loops = new ArrayList<>(host.node().loops());
      loops.add(host.node());
      SimNode loop = any(loops);
      loop.stall();
      after(millis(Duration.ofSeconds(random.nextBoolean() ? 1 : 15)), loop::unstall);
    }
  }

  private static void letGo(SimNode node) {
    node.resume();
    node.unstall();
    node.loops().forEach(SimNode::unstall);
  }

  private void partition() {
    List<String> ends = new ArrayList<>(hosts.stream().map(Host::name).toList());
    ends.add(SimZooKeeper.HOST);
    ends.add(SimDatabase.HOST);
    String one = hosts.get(random.nextInt(hosts.size())).name();
    if (random.nextInt(3) == 0) {
      // Cut off from everybody.
      ends.stream().filter(end -> !end.equals(one)).forEach(end -> cut(one, end));
      return;
    }
    String other = ends.get(random.nextInt(ends.size()));
    if (!one.equals(other)) {
      cut(one, other);
    }
  }

  private void split() {
    Duration time = millis(Duration.ofSeconds(60));
    List<String> near = new ArrayList<>(List.of(SimZooKeeper.HOST, SimDatabase.HOST));
    List<String> far = new ArrayList<>();
    hosts.forEach(host -> (random.nextBoolean() ? near : far).add(host.name()));
    for (String one : far) {
      for (String other : near) {
        around.network().cutBoth(one, other);
        after(time, () -> around.network().healBoth(one, other));
      }
    }
  }

  private void cut(String one, String other) {
    Duration time = millis(Duration.ofSeconds(random.nextBoolean() ? 5 : 45));
    if (random.nextInt(4) == 0) {
      around.network().cut(one, other);
    } else {
      around.network().cutBoth(one, other);
    }
    if (random.nextBoolean()) {
      around.network().holdBack(one, other);
      around.network().holdBack(other, one);
    }
    after(time, () -> around.network().healBoth(one, other));
  }

  private void loseSession(Host host) {
    if (host.isUp()) {
      around.zooKeeper().expire(host.node());
    }
  }

  private void disturbMessages() {
    NetworkFaults faults =
        new NetworkFaults(
            random.nextDouble(0.3),
            random.nextDouble(0.3),
            random.nextDouble(0.3),
            Duration.ofMillis(random.nextLong(1, random.nextBoolean() ? 500 : 20_000)));
    around.world().trace(() -> faults.toString());
    around.network().setFaults(faults);
    after(millis(Duration.ofSeconds(30)), () -> around.network().setFaults(NetworkFaults.NONE));
  }

  private void disturbDatabase() {
    DatabaseFaults faults =
        new DatabaseFaults(
            random.nextDouble(0.2),
            random.nextDouble(0.1),
            random.nextDouble(0.1),
            random.nextDouble(0.2),
            random.nextDouble(0.1),
            random.nextDouble(0.3),
            Duration.ofMillis(random.nextLong(1, 5_000)));
    around.world().trace(() -> faults.toString());
    around.database().setFaults(faults);
    after(millis(Duration.ofSeconds(30)), () -> around.database().setFaults(DatabaseFaults.NONE));
  }

  private void jump(Host host) {
    if (host.isUp()) {
      Duration by = millis(CLOCK_JUMP_MAX.multipliedBy(2)).minus(CLOCK_JUMP_MAX);
      around.world().trace(() -> "the wall clock of " + host.name() + " jumps by " + by);
      host.node().clock().jump(by);
    }
  }

  private void disturbDisk(WorkerHost host) {
    around.world().trace(() -> "the disk of " + host.name() + " refuses at times");
    host.machine().setDiskFaults(0.5);
    after(millis(Duration.ofSeconds(20)), () -> host.machine().setDiskFaults(0));
  }

  private void after(Duration delay, Runnable action) {
    var unused =
        around
            .world()
            .after(
                delay,
                () -> {
                  if (!isOver) {
                    action.run();
                  }
                });
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private Duration millis(Duration atMost) {
    return Duration.ofMillis(random.nextLong(1, atMost.toMillis()));
  }
}
