package io.porpoise.worker.lifecycle;

import static io.porpoise.worker.lifecycle.AttemptStep.ignore;
import static io.porpoise.worker.lifecycle.AttemptStep.move;
import static io.porpoise.worker.lifecycle.AttemptStep.unexpected;

import io.porpoise.bus.message.AttemptReport.Phase;
import io.porpoise.instance.Reason;
import io.porpoise.worker.lifecycle.AttemptEffect.CollectOutputs;
import io.porpoise.worker.lifecycle.AttemptEffect.Kill;
import io.porpoise.worker.lifecycle.AttemptEffect.Release;
import io.porpoise.worker.lifecycle.AttemptEffect.Report;
import io.porpoise.worker.lifecycle.AttemptEffect.Start;
import io.porpoise.worker.lifecycle.AttemptEvent.Acknowledged;
import io.porpoise.worker.lifecycle.AttemptEvent.Created;
import io.porpoise.worker.lifecycle.AttemptEvent.Existed;
import io.porpoise.worker.lifecycle.AttemptEvent.Exited;
import io.porpoise.worker.lifecycle.AttemptEvent.KillRequested;
import io.porpoise.worker.lifecycle.AttemptEvent.LeaseEnded;
import io.porpoise.worker.lifecycle.AttemptEvent.NotCreated;
import io.porpoise.worker.lifecycle.AttemptEvent.NotStarted;
import io.porpoise.worker.lifecycle.AttemptEvent.OutputsCollected;
import io.porpoise.worker.lifecycle.AttemptEvent.OutputsFailed;
import io.porpoise.worker.lifecycle.AttemptEvent.Started;
import io.porpoise.worker.lifecycle.AttemptEvent.Unwanted;
import io.porpoise.worker.lifecycle.AttemptEvent.Vanished;
import io.porpoise.worker.lifecycle.AttemptLife.Killer;
import java.util.Map;

/**
 * The life of one attempt at its worker, as a pure function. The full matrix is in {@code
 * attempt-lifecycle.md}, which the tests check.
 *
 * <p>An end is told only when nothing of the attempt is alive any more; so whoever asks for a kill
 * waits for {@link Exited} or {@link Vanished}, and nothing else ends a process.
 */
public final class AttemptLifecycle {
  /** Between TERM and KILL when the lease has ended: all must be dead within DESIGN's K, 7 s. */
  public static final long LEASE_GRACE_MILLIS = 2_000;

  private static final Reason LEASE_ENDED =
      new Reason(
          "LEASE_ENDED",
          "the worker had lost touch with the cluster and stopped what it ran, to let it run elsewhere");

  private AttemptLifecycle() {}

  public static AttemptStep apply(AttemptLife life, AttemptEvent event) {
    return switch (life.state()) {
      case CREATING -> creating(life, event);
      case STARTING -> starting(life, event);
      case RUNNING -> running(life, event);
      case KILLING -> killing(life, event);
      case COLLECTING -> collecting(life, event);
      case ENDED -> ended(life, event);
      case RELEASED -> ignore(life);
    };
  }

  private static AttemptStep creating(AttemptLife life, AttemptEvent event) {
    if (event instanceof Created) {
      return life.killer() == null
          ? move(life.to(AttemptState.STARTING), new Start())
          : endKilled(life);
    }
    if (event instanceof NotStarted notStarted) {
      return life.killer() == null ? end(life, Phase.FAILED, notStarted.reason()) : endKilled(life);
    }
    if (event instanceof Existed || event instanceof NotCreated) {
      return move(life.to(AttemptState.RELEASED));
    }
    if (event instanceof KillRequested) {
      return move(life.killedBy(Killer.OWNER));
    }
    if (event instanceof LeaseEnded) {
      return life.killer() == null ? move(life.killedBy(Killer.LEASE)) : ignore(life);
    }
    if (event instanceof Unwanted) {
      return move(life.killedBy(Killer.UNWANTED));
    }
    return event instanceof Acknowledged ? ignore(life) : unexpected(life);
  }

  private static AttemptStep starting(AttemptLife life, AttemptEvent event) {
    if (event instanceof Started) {
      return move(life.running(AttemptState.RUNNING), new Report());
    }
    return alive(life, event);
  }

  private static AttemptStep running(AttemptLife life, AttemptEvent event) {
    return event instanceof Started ? ignore(life) : alive(life, event);
  }

  private static AttemptStep alive(AttemptLife life, AttemptEvent event) {
    if (event instanceof Exited exited) {
      return exited(life, exited);
    }
    if (event instanceof Vanished vanished) {
      return end(life, Phase.LOST, vanished.reason());
    }
    if (event instanceof NotStarted notStarted) {
      return end(life, Phase.FAILED, notStarted.reason());
    }
    if (event instanceof KillRequested kill) {
      return kill(life, Killer.OWNER, kill.graceMillis());
    }
    if (event instanceof LeaseEnded) {
      return kill(life, Killer.LEASE, LEASE_GRACE_MILLIS);
    }
    if (event instanceof Unwanted) {
      return kill(life, Killer.UNWANTED, LEASE_GRACE_MILLIS);
    }
    return event instanceof Acknowledged ? ignore(life) : unexpected(life);
  }

  private static AttemptStep killing(AttemptLife life, AttemptEvent event) {
    if (event instanceof Started) {
      return life.started() ? ignore(life) : move(life.running(AttemptState.KILLING), new Report());
    }
    if (event instanceof Exited exited) {
      return exited(life, exited);
    }
    if (event instanceof Vanished vanished) {
      return life.killer() == Killer.OWNER
          ? endKilled(life)
          : end(life, Phase.LOST, vanished.reason());
    }
    if (event instanceof NotStarted) {
      return endKilled(life);
    }
    if (event instanceof KillRequested kill) {
      // Repeated, because the processes may not have heard the first one; a repeat does no harm.
      AttemptLife byOwner = life.killer() == Killer.LEASE ? life.killedBy(Killer.OWNER) : life;
      return move(byOwner, new Kill(kill.graceMillis()));
    }
    if (event instanceof Unwanted) {
      return move(life.killedBy(Killer.UNWANTED));
    }
    return event instanceof LeaseEnded || event instanceof Acknowledged
        ? ignore(life)
        : unexpected(life);
  }

  private static AttemptStep collecting(AttemptLife life, AttemptEvent event) {
    if (event instanceof OutputsCollected collected) {
      return end(life, Phase.SUCCEEDED, null, collected.outputs());
    }
    if (event instanceof OutputsFailed failed) {
      return end(life, Phase.FAILED, failed.reason());
    }
    if (event instanceof Unwanted) {
      return move(life.killedBy(Killer.UNWANTED));
    }
    return isAnswerOfProcess(event) ? unexpected(life) : ignore(life);
  }

  private static AttemptStep ended(AttemptLife life, AttemptEvent event) {
    if (event instanceof Acknowledged || event instanceof Unwanted) {
      return move(life.to(AttemptState.RELEASED), new Release());
    }
    if (event instanceof KillRequested) {
      return move(life, new Report()); // the report may have been lost with its reader
    }
    return event instanceof LeaseEnded ? ignore(life) : unexpected(life);
  }

  private static boolean isAnswerOfProcess(AttemptEvent event) {
    return event instanceof Created
        || event instanceof Existed
        || event instanceof NotCreated
        || event instanceof Started
        || event instanceof NotStarted
        || event instanceof Exited
        || event instanceof Vanished;
  }

  private static AttemptStep kill(AttemptLife life, Killer killer, long graceMillis) {
    return move(life.killedBy(killer).to(AttemptState.KILLING), new Kill(graceMillis));
  }

  private static AttemptStep exited(AttemptLife life, Exited exited) {
    AttemptLife after = life.exited(exited.exitCode());
    if (exited.killed()) {
      // A kill that nobody here has asked for came from the keeper, at the end of the lease.
      return endKilled(life.killer() == null ? after.killedBy(Killer.LEASE) : after);
    }
    if (exited.exitCode() != 0) {
      return end(after, Phase.FAILED, ExitReasons.of(exited.exitCode()));
    }
    return after.hasOutputs()
        ? move(after.to(AttemptState.COLLECTING), new CollectOutputs())
        : end(after, Phase.SUCCEEDED, null);
  }

  private static AttemptStep endKilled(AttemptLife life) {
    return life.killer() == Killer.LEASE
        ? end(life, Phase.LOST, LEASE_ENDED)
        : end(life, Phase.KILLED, null);
  }

  private static AttemptStep end(AttemptLife life, Phase phase, Reason reason) {
    return end(life, phase, reason, Map.of());
  }

  private static AttemptStep end(
      AttemptLife life, Phase phase, Reason reason, Map<String, String> outputs) {
    AttemptLife ended = life.ended(phase, reason, outputs);
    return life.killer() == Killer.UNWANTED
        ? move(ended.to(AttemptState.RELEASED), new Release())
        : move(ended, new Report());
  }
}
