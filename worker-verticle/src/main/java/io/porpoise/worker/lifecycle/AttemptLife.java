package io.porpoise.worker.lifecycle;

import io.porpoise.bus.message.AttemptReport.Phase;
import io.porpoise.instance.Reason;
import java.util.Map;

/**
 * How one attempt stands. Immutable.
 *
 * @param hasOutputs whether outputs must be collected after a success
 * @param started whether its process has been seen running
 * @param killer who asked for its end first, or null
 * @param phase what its owner is told
 * @param exitCode of the ended process, or null
 * @param reason why it ended as it did, when the exit code does not say it all
 */
public record AttemptLife(
    AttemptState state,
    boolean hasOutputs,
    boolean started,
    Killer killer,
    Phase phase,
    Integer exitCode,
    Reason reason,
    Map<String, String> outputs) {
  /** Who asked for the end of an attempt; it decides how the end is told. */
  public enum Killer {
    OWNER,
    LEASE,
    /** Nobody is told. */
    UNWANTED
  }

  /** A new attempt, whose directory is about to be made. */
  public static AttemptLife creating(boolean hasOutputs) {
    return new AttemptLife(
        AttemptState.CREATING, hasOutputs, false, null, Phase.ACCEPTED, null, null, Map.of());
  }

  /**
   * An attempt that a former life of the worker has left behind; what became of it is not known
   * yet.
   */
  public static AttemptLife leftBehind(boolean hasOutputs) {
    return new AttemptLife(
        AttemptState.STARTING, hasOutputs, false, null, Phase.ACCEPTED, null, null, Map.of());
  }

  AttemptLife to(AttemptState newState) {
    return new AttemptLife(newState, hasOutputs, started, killer, phase, exitCode, reason, outputs);
  }

  AttemptLife running(AttemptState newState) {
    return new AttemptLife(
        newState, hasOutputs, true, killer, Phase.RUNNING, exitCode, reason, outputs);
  }

  AttemptLife killedBy(Killer newKiller) {
    return new AttemptLife(state, hasOutputs, started, newKiller, phase, exitCode, reason, outputs);
  }

  AttemptLife exited(int newExitCode) {
    return new AttemptLife(
        state, hasOutputs, true, killer, Phase.RUNNING, newExitCode, reason, outputs);
  }

  AttemptLife ended(Phase end, Reason newReason, Map<String, String> newOutputs) {
    return new AttemptLife(
        AttemptState.ENDED, hasOutputs, started, killer, end, exitCode, newReason, newOutputs);
  }
}
