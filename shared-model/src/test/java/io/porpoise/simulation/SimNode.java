package io.porpoise.simulation;

import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One life of one process on a host, or one of several event loops in it. What it has been asked to
 * do runs as events of the world, one after the other; after a crash nothing of it runs any more,
 * and during a pause (SIGSTOP, a long collection of garbage, a frozen machine) it waits in its
 * order. The loops of a process live, pause and die together; between them a call needs its time.
 */
public final class SimNode {
  private static final long HOP_NANOS_MAX = 300_000;

  private final World world;
  private final String host;
  private final String name;
  private final SimNode process;
  private final SimClock clock;
  private final SplittableRandom hops;
  private final List<SimNode> loops = new ArrayList<>();
  private final Deque<Runnable> postponed = new ArrayDeque<>();
  private final List<Runnable> crashListeners = new ArrayList<>();
  // Never disposed: a process that is killed runs nothing in parting.
  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private boolean isDead;
  private boolean isPaused;
  private boolean isStalled;
  private long lastHopAt;

  /**
   * @param host what links are named by; the lives of a node share it
   */
  public SimNode(World world, String host) {
    this(world, host, 0);
  }

  /**
   * @param driftPerMillion how much faster than the world's time the clock of this node runs
   */
  public SimNode(World world, String host, long driftPerMillion) {
    this.world = world;
    this.host = host;
    this.name = host;
    this.process = this;
    this.clock = new SimClock(this, driftPerMillion);
    this.hops = world.split();
  }

  private SimNode(SimNode process, int number) {
    this.world = process.world;
    this.host = process.host;
    this.name = process.name + "." + number;
    this.process = process;
    this.clock = process.clock.on(this);
    this.hops = process.hops;
  }

  /** A further event loop of this process. */
  public SimNode newLoop() {
    SimNode loop = new SimNode(process, process.loops.size() + 1);
    process.loops.add(loop);
    return loop;
  }

  /** The loops that were made besides this one, the process's first. */
  public List<SimNode> loops() {
    return List.copyOf(process.loops);
  }

  SimNode process() {
    return process;
  }

  public World world() {
    return world;
  }

  public String host() {
    return host;
  }

  public SimClock clock() {
    return clock;
  }

  public boolean isAlive() {
    return !process.isDead;
  }

  public boolean isPaused() {
    return process.isPaused;
  }

  /** Whether what runs at this moment belongs to this loop. */
  public boolean isRunning() {
    return world.running() == this;
  }

  /** What is made for one loop must not be called from another. */
  public void mustRun(Object what) {
    SimNode running = world.running();
    if (running != null && running != this) {
      world.fail(
          "what belongs to an event loop is used on it alone: "
              + what.getClass().getSimpleName()
              + " of "
              + this
              + " is called on "
              + running);
    }
  }

  /** Runs it on this node after so many nanoseconds of the world. */
  public Disposable post(long delayNanos, Runnable task) {
    return world.afterNanos(delayNanos, () -> run(task));
  }

  /** Runs it on this node as soon as what waits already has run. */
  public void post(Runnable task) {
    post(0, task);
  }

  /**
   * Told once when the process ends, by itself or not; the listener belongs to the world, not to
   * this process.
   */
  public void onCrash(Runnable listener) {
    process.crashListeners.add(listener);
  }

  /** Ends the process as {@code kill -9} does. */
  public void crash() {
    if (process != this) {
      process.crash();
      return;
    }
    if (isDead) {
      return;
    }
    isDead = true;
    isPaused = false;
    postponed.clear();
    loops.forEach(loop -> loop.postponed.clear());
    world.trace(() -> host + " crashes");
    crashListeners.forEach(Runnable::run);
  }

  /** Freezes the process with all its loops. */
  public void pause() {
    if (!process.isDead && !process.isPaused) {
      process.isPaused = true;
      world.trace(() -> host + " is paused");
    }
  }

  public void resume() {
    if (process.isDead || !process.isPaused) {
      return;
    }
    process.isPaused = false;
    world.trace(() -> host + " goes on");
    process.catchUp();
    process.loops.forEach(SimNode::catchUp);
  }

  /** Holds this loop up, and no other: something takes long on it. */
  public void stall() {
    if (!process.isDead && !isStalled) {
      isStalled = true;
      world.trace(() -> name + " is held up");
    }
  }

  public void unstall() {
    if (isStalled) {
      isStalled = false;
      world.trace(() -> name + " is held up no longer");
      catchUp();
    }
  }

  private void catchUp() {
    if (process.isPaused || isStalled) {
      return;
    }
    for (Runnable task = postponed.poll(); task != null; task = postponed.poll()) {
      post(0, task);
    }
  }

  private void run(Runnable task) {
    if (process.isDead) {
      return;
    }
    if (process.isPaused || isStalled) {
      postponed.add(task);
      return;
    }
    world.setRunning(this);
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      StringWriter stack = new StringWriter();
      e.printStackTrace(new PrintWriter(stack));
      world.fail("no callback throws: " + name + ": " + stack);
    } finally {
      world.setRunning(null);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  CompositeDisposable subscriptions() {
    return subscriptions;
  }

  /** Runs it after a delay by this node's own clock. */
  Disposable schedule(Duration delay, Runnable task) {
    SimNode caller = world.running();
    boolean isFromOtherLoop = caller != null && caller != this && caller.process == process;
    return new Timer(isFromOtherLoop ? hop(delay) : clock.worldNanos(delay), task);
  }

  /** The way from another loop; what is said first is heard first. */
  private long hop(Duration delay) {
    long now = world.nanos();
    long at = now + clock.worldNanos(delay) + process.hops.nextLong(HOP_NANOS_MAX);
    if (delay.isZero()) {
      lastHopAt = Math.max(lastHopAt, at);
      at = lastHopAt;
    }
    return at - now;
  }

  /** A timer that can also be cancelled while it waits for a paused node to go on. */
  private final class Timer implements Disposable {
    private Runnable task;
    private final Disposable event;

    Timer(long worldNanos, Runnable task) {
      this.task = task;
      event = post(worldNanos, this::fire);
    }

    private void fire() {
      Runnable due = task;
      if (due != null) {
        task = null;
        due.run();
      }
    }

    @Override
    public void dispose() {
      task = null;
      event.dispose();
    }

    @Override
    public boolean isDisposed() {
      return task == null;
    }
  }
}
