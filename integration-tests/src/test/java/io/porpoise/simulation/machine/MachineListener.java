package io.porpoise.simulation.machine;

import io.porpoise.worker.spool.Attempt;

/** Sees what happens to processes, from outside of the system. */
public interface MachineListener {
  /** A process has come to life. */
  void started(SimMachine machine, Attempt attempt);

  /** A process, and all that it had started, has gone. */
  void gone(SimMachine machine, Attempt attempt);

  /** The worker has forgotten the attempt: nobody will hear of it again. */
  default void released(SimMachine machine, Attempt attempt) {}
}
