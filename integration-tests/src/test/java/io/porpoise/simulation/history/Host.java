package io.porpoise.simulation.history;

import io.porpoise.simulation.SimNode;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;

/**
 * A host with one process of ours on it, which can be killed, frozen, stopped and started again.
 */
public abstract class Host {
  private static final Duration START_AGAIN = Duration.ofSeconds(1);

  protected final Surroundings around;
  protected final String name;
  private final long driftPerMillion;
  private final CompositeDisposable running = new CompositeDisposable();
  private SimNode node;
  private long incarnation;

  protected Host(Surroundings around, String name, long driftPerMillion) {
    this.around = around;
    this.name = name;
    this.driftPerMillion = driftPerMillion;
  }

  public final String name() {
    return name;
  }

  public final boolean isUp() {
    return node != null && node.isAlive();
  }

  public final SimNode node() {
    return node;
  }

  /** Starts a new life, unless one is alive. */
  public final void start() {
    if (isUp()) {
      return;
    }
    SimNode life = new SimNode(around.world(), name, driftPerMillion);
    node = life;
    long number = ++incarnation;
    around.world().trace(() -> name + " starts, incarnation " + number);
    life.post(
        () ->
            running.add(
                begin(life, number)
                    .subscribe(
                        () -> around.world().trace(() -> name + " has started"),
                        error -> {
                          // As a supervisor would: a process that cannot start ends and is tried
                          // again.
                          around.world().trace(() -> name + " cannot start: " + error);
                          life.crash();
                          around.world().after(START_AGAIN, this::start);
                        })));
  }

  public final void crash() {
    if (isUp()) {
      node.crash();
    }
  }

  /** SIGTERM: hands over and ends. */
  public final void stop() {
    if (!isUp()) {
      return;
    }
    SimNode life = node;
    around.world().trace(() -> name + " is asked to stop");
    life.post(() -> running.add(end().subscribe(life::crash, error -> life.crash())));
    // The supervisor's patience.
    around.world().after(Duration.ofSeconds(30), life::crash);
  }

  /** Runs on the node. */
  protected abstract Completable begin(SimNode life, long number);

  protected abstract Completable end();

  /** Bugs that the process has counted itself. */
  public abstract long unexpected();
}
