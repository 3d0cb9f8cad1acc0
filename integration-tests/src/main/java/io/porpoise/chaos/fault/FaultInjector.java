package io.porpoise.chaos.fault;

import io.porpoise.processes.ClusterProcesses;
import io.porpoise.processes.Islands;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Does faults to a cluster, and undoes them. */
public final class FaultInjector {
  /** While something else is down that it needs, a process may not be able to start. */
  private static final long START_MINUTES = 3;

  private final ClusterProcesses cluster;
  private final Islands islands;

  /**
   * @param islands null when there are none; then nothing can be cut off
   */
  public FaultInjector(ClusterProcesses cluster, Islands islands) {
    this.cluster = cluster;
    this.islands = islands;
  }

  public void begin(Fault fault) throws IOException, InterruptedException {
    switch (fault.kind()) {
      case KILL -> cluster.kill(fault.victim());
      case RESTART -> cluster.stop(fault.victim());
      case FREEZE -> cluster.pause(fault.victim());
      case CUT -> islands.cut(fault.victim());
    }
  }

  public void end(Fault fault) throws IOException, InterruptedException {
    switch (fault.kind()) {
      case KILL, RESTART -> {
        if (!fault.role().equals("keeper")) {
          start(fault.victim());
        }
      }
      case FREEZE -> cluster.resume(fault.victim());
      case CUT -> islands.mend(fault.victim());
    }
  }

  private void start(String victim) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(START_MINUTES);
    while (true) {
      try {
        cluster.start(victim);
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
