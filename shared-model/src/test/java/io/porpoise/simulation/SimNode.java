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

/**
 * One life of one process on a host. What it has been asked to do runs as events of the world, one
 * after the other, as on an event loop; after a crash nothing of it runs any more, and during a
 * pause (SIGSTOP, a long collection of garbage, a frozen machine) it waits in its order.
 */
public final class SimNode {
  private final World world;
  private final String host;
  private final SimClock clock;
  private final Deque<Runnable> postponed = new ArrayDeque<>();
  private final List<Runnable> crashListeners = new ArrayList<>();
  // Never disposed: a process that is killed runs nothing in parting.
  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private boolean isDead;
  private boolean isPaused;
  private boolean isRunning;

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
    this.clock = new SimClock(this, driftPerMillion);
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
    return !isDead;
  }

  public boolean isPaused() {
    return isPaused;
  }

  /** Whether what runs at this moment belongs to this node. */
  public boolean isRunning() {
    return isRunning;
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
    crashListeners.add(listener);
  }

  /** Ends it as {@code kill -9} does. */
  public void crash() {
    if (isDead) {
      return;
    }
    isDead = true;
    isPaused = false;
    postponed.clear();
    world.trace(() -> host + " crashes");
    crashListeners.forEach(Runnable::run);
  }

  public void pause() {
    if (!isDead && !isPaused) {
      isPaused = true;
      world.trace(() -> host + " is paused");
    }
  }

  public void resume() {
    if (isDead || !isPaused) {
      return;
    }
    isPaused = false;
    world.trace(() -> host + " goes on");
    for (Runnable task = postponed.poll(); task != null; task = postponed.poll()) {
      post(0, task);
    }
  }

  private void run(Runnable task) {
    if (isDead) {
      return;
    }
    if (isPaused) {
      postponed.add(task);
      return;
    }
    isRunning = true;
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      StringWriter stack = new StringWriter();
      e.printStackTrace(new PrintWriter(stack));
      world.fail("no callback throws: " + host + ": " + stack);
    } finally {
      isRunning = false;
    }
  }

  @Override
  public String toString() {
    return host;
  }

  CompositeDisposable subscriptions() {
    return subscriptions;
  }

  /** Runs it after a delay by this node's own clock. */
  Disposable schedule(Duration delay, Runnable task) {
    return new Timer(delay, task);
  }

  /** A timer that can also be cancelled while it waits for a paused node to go on. */
  private final class Timer implements Disposable {
    private Runnable task;
    private final Disposable event;

    Timer(Duration delay, Runnable task) {
      this.task = task;
      event = post(clock.worldNanos(delay), this::fire);
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
