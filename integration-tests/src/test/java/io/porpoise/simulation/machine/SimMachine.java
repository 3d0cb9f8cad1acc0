package io.porpoise.simulation.machine;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.simulation.World;
import io.porpoise.worker.spool.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/** One worker's machine: what is there whether the worker's JVM lives or not. */
public final class SimMachine {
  private static final Duration KEEPER_TICK = Duration.ofMillis(100);
  private static final Duration LEASE_AT_START = Duration.ofSeconds(20);

  /** Clocks drift, and a pipe takes its time. */
  private static final Duration LEASE_ERROR = Duration.ofMillis(20);

  private static final Duration LEASE_GRACE = Duration.ofSeconds(2);

  private final World world;
  private final String host;
  private final Function<TaskInstanceId, Script> scripts;
  private final MachineListener listener;
  private final SplittableRandom random;
  private final TreeMap<TaskInstanceId, Directory> directories = new TreeMap<>();
  private final TreeMap<TaskInstanceId, SimProcess> processes = new TreeMap<>();
  private SimProcesses life;
  private long leaseUntil = LEASE_AT_START.toNanos();
  private long mayGoOnUntil;
  private boolean isLapsed;
  private double diskFaults;

  public SimMachine(
      World world,
      String host,
      Function<TaskInstanceId, Script> scripts,
      MachineListener listener) {
    this.world = world;
    this.host = host;
    this.scripts = scripts;
    this.listener = listener;
    this.random = world.split();
    var unused = world.after(KEEPER_TICK, this::tick);
  }

  /** How often the disk refuses to make a directory. */
  public void setDiskFaults(double probability) {
    diskFaults = probability;
  }

  /**
   * Everything in memory is gone at once; the disk stays. The worker's JVM is crashed by others.
   */
  public void loseMemory() {
    life = null;
    processes.values().forEach(SimProcess::vanish);
    leaseUntil = world.nanos() + LEASE_AT_START.toNanos();
    isLapsed = false;
  }

  public String host() {
    return host;
  }

  /** Attempts whose process is alive. */
  public List<TaskInstanceId> alive() {
    return processes.values().stream()
        .filter(SimProcess::isAlive)
        .map(process -> process.attempt().id())
        .toList();
  }

  public boolean isAlive(TaskInstanceId id) {
    SimProcess process = processes.get(id);
    return process != null && process.isAlive();
  }

  /** Attempts that no owner has acknowledged. */
  public List<TaskInstanceId> unreleased() {
    return directories.entrySet().stream()
        .filter(entry -> entry.getValue().releasedAt < 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String toString() {
    return host;
  }

  public long nanos() {
    return world.nanos();
  }

  /** Somebody has said that the attempts here may go on until then. */
  public void mayGoOn(long untilNanos) {
    mayGoOnUntil = Math.max(mayGoOnUntil, untilNanos);
  }

  private void checkLease(long until) {
    if (until > mayGoOnUntil + LEASE_ERROR.toNanos()) {
      world.fail(
          String.format(
              "no lease is longer than registry and owners allow, counted from the question:"
                  + " %s would go on for %s too long",
              this, Duration.ofNanos(until - mayGoOnUntil)));
    }
  }

  World world() {
    return world;
  }

  Script script(TaskInstanceId id) {
    return scripts.apply(id);
  }

  MachineListener listener() {
    return listener;
  }

  TreeMap<TaskInstanceId, Directory> directories() {
    return directories;
  }

  TreeMap<TaskInstanceId, SimProcess> processes() {
    return processes;
  }

  boolean isDiskRefusing() {
    return diskFaults > 0 && random.nextDouble() < diskFaults;
  }

  long nanosUpTo(Duration atMost) {
    return random.nextLong(1, atMost.toNanos());
  }

  /** A new life of the worker takes the keeper over. */
  void connect(SimProcesses newLife) {
    life = newLife;
  }

  boolean isConnected(SimProcesses some) {
    return life == some;
  }

  /** The life of the worker that hears of processes, or null. */
  SimProcesses life() {
    return life;
  }

  /** A lease that has ended stays ended for what it has killed; new ones start under a new one. */
  void renewLease(long until) {
    noticeLapse();
    if (processes.values().stream().anyMatch(p -> p.isAlive() && !p.isKilling())) {
      checkLease(until);
    }
    leaseUntil = until;
    if (until > world.nanos()) {
      isLapsed = false;
    }
  }

  /** A start brings its own lease; what runs goes on no longer than the shortest. */
  boolean mayStart(long until) {
    noticeLapse();
    if (world.nanos() >= until) {
      return false;
    }
    checkLease(until);
    leaseUntil = isLapsed ? until : Math.min(leaseUntil, until);
    isLapsed = false;
    return true;
  }

  private void tick() {
    noticeLapse();
    var unused = world.after(KEEPER_TICK, this::tick);
  }

  private void noticeLapse() {
    if (world.nanos() >= leaseUntil && !isLapsed) {
      isLapsed = true;
      for (SimProcess process : List.copyOf(processes.values())) {
        process.kill(LEASE_GRACE);
      }
    }
  }

  /** The directory of an attempt. */
  static final class Directory {
    final Attempt attempt;
    long releasedAt = -1;

    Directory(Attempt attempt) {
      this.attempt = attempt;
    }
  }
}
