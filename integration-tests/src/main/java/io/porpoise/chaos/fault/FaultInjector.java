package io.porpoise.chaos.fault;

import io.porpoise.processes.IslandCluster;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Does faults to a cluster, and undoes them. */
public final class FaultInjector {
  /** While something else is down that it needs, a process may not be able to start. */
  private static final long START_MINUTES = 3;

  private final IslandCluster cluster;

  public FaultInjector(IslandCluster cluster) {
    this.cluster = cluster;
  }

  /** Returns false when there is nobody it could happen to: a worker that rests has no keeper. */
  public boolean begin(Fault fault) throws IOException, InterruptedException {
    if (fault.role().equals("keeper") && !cluster.processes().isAlive(fault.victim())) {
      return false;
    }
    switch (fault.kind()) {
      case KILL -> cluster.processes().kill(fault.victim());
      case RESTART -> cluster.processes().stop(fault.victim());
      case FREEZE -> cluster.processes().pause(fault.victim());
      case CUT -> cluster.cut(fault.victim());
    }
    return true;
  }

  public void end(Fault fault) throws IOException, InterruptedException {
    switch (fault.kind()) {
      case KILL, RESTART -> {
        if (!fault.role().equals("keeper")) {
          start(fault.victim());
        }
      }
      case FREEZE -> cluster.processes().resume(fault.victim());
      case CUT -> cluster.mend(fault.victim());
    }
  }

  private void start(String victim) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(START_MINUTES);
    while (true) {
      try {
        cluster.processes().start(victim);
        return;
      } catch (IllegalStateException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }
}
