package io.porpoise.simulation.machine;

import io.porpoise.instance.Reason;
import io.porpoise.worker.process.ProcessEvent;
import io.porpoise.worker.spool.Attempt;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;

/** The process tree of one attempt, as the keeper has started it. */
final class SimProcess {
  private static final Reason VANISHED = new Reason("PROCESS_LOST", "its machine was restarted");
  private static final int SIGTERM_EXIT = 143;
  private static final int SIGKILL_EXIT = 137;
  private static final Duration SPAWN = Duration.ofMillis(20);
  private static final Duration DYING = Duration.ofMillis(300);

  /** Until a hard kill has been verified; with the grace of a lease's end it is less than K. */
  private static final Duration VERIFYING = Duration.ofMillis(4_500);

  private final SimMachine machine;
  private final Attempt attempt;
  private final Script script;
  private long startedAt = -1;
  private long endedAt = -1;
  private int exitCode;
  private boolean isKilling;
  private boolean hasVanished;
  private Disposable end = Disposable.disposed();
  private Disposable lastResort = Disposable.disposed();

  SimProcess(SimMachine machine, Attempt attempt) {
    this.machine = machine;
    this.attempt = attempt;
    this.script = machine.script(attempt.id());
    end = machine.world().afterNanos(machine.nanosUpTo(SPAWN), this::spawned);
  }

  Attempt attempt() {
    return attempt;
  }

  boolean isAlive() {
    return startedAt >= 0 && endedAt < 0;
  }

  boolean isKilling() {
    return isKilling;
  }

  /** How it stands now; null while it is being started. */
  ProcessEvent event() {
    if (hasVanished) {
      return new ProcessEvent.Vanished(attempt.id(), VANISHED);
    }
    if (endedAt >= 0) {
      Duration took = Duration.ofNanos(startedAt < 0 ? 0 : endedAt - startedAt);
      return new ProcessEvent.Exited(attempt.id(), exitCode, isKilling, took);
    }
    return startedAt < 0
        ? null
        : new ProcessEvent.Started(
            attempt.id(), Duration.ofNanos(machine.world().nanos() - startedAt));
  }

  /** It goes with its machine; how it would have ended stands nowhere. */
  void vanish() {
    if (endedAt >= 0) {
      return;
    }
    end.dispose();
    lastResort.dispose();
    boolean wasAlive = isAlive();
    endedAt = machine.world().nanos();
    hasVanished = true;
    machine.world().trace(() -> "process of " + attempt.id() + " vanishes with " + machine);
    if (wasAlive) {
      machine.listener().gone(machine, attempt);
    }
  }

  /** TERM now, KILL after the grace. */
  void kill(Duration grace) {
    if (endedAt >= 0) {
      return;
    }
    if (!isKilling) {
      isKilling = true;
      if (startedAt >= 0 && script.heedsTerm()) {
        end.dispose();
        end = machine.world().afterNanos(machine.nanosUpTo(DYING), () -> ended(SIGTERM_EXIT));
      }
    }
    if (lastResort.isDisposed()) {
      lastResort =
          machine
              .world()
              .afterNanos(
                  grace.toNanos() + machine.nanosUpTo(VERIFYING), () -> ended(SIGKILL_EXIT));
    }
  }

  private void spawned() {
    if (isKilling) {
      // The kill was quicker than the start.
      ended(SIGKILL_EXIT);
      return;
    }
    startedAt = machine.world().nanos();
    machine.listener().started(machine, attempt);
    machine.world().trace(() -> "process of " + attempt.id() + " starts on " + machine);
    end = machine.world().after(script.duration(), () -> ended(script.exitCode()));
    tell();
  }

  private void ended(int code) {
    if (endedAt >= 0) {
      return;
    }
    end.dispose();
    lastResort.dispose();
    boolean wasAlive = isAlive();
    endedAt = machine.world().nanos();
    exitCode = code;
    machine
        .world()
        .trace(() -> "process of " + attempt.id() + " ends on " + machine + " with " + code);
    if (wasAlive) {
      machine.listener().gone(machine, attempt);
    }
    tell();
  }

  private void tell() {
    SimProcesses life = machine.life();
    if (life != null) {
      life.tell(event());
    }
  }
}
