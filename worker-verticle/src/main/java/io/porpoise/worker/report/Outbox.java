package io.porpoise.worker.report;

import io.porpoise.instance.TaskInstanceId;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.LinkedHashSet;
import java.util.Set;

/** What waits for one owner. */
final class Outbox {
  private static final long PAUSE_MIN_MILLIS = 50;
  private static final long PAUSE_MAX_MILLIS = 5_000;

  final String address;
  final Set<TaskInstanceId> waiting = new LinkedHashSet<>();

  /** Said to be not the owner's (yet, or any longer): asked again after the pause. */
  final Set<TaskInstanceId> deferred = new LinkedHashSet<>();

  /** Requests under way: at most one that brings ends, and one that does not. */
  int inFlight;

  boolean endsInFlight;

  /** Whether an end is among what waits. */
  boolean urgent;

  /** The owner did not answer: everything waits for the pause. */
  boolean silent;

  Disposable pause = Disposable.disposed();
  Disposable gathering = Disposable.disposed();
  private long pauseMillis = PAUSE_MIN_MILLIS;

  Outbox(String address) {
    this.address = address;
  }

  boolean isIdle() {
    return isSettled() && pause.isDisposed();
  }

  /** Whether a request may leave now; ends do not wait for the answer to what merely runs. */
  boolean mayLeave() {
    return !silent && !waiting.isEmpty() && (urgent ? !endsInFlight : inFlight == 0);
  }

  void left(boolean withEnds) {
    inFlight++;
    endsInFlight |= withEnds;
  }

  void returned(boolean withEnds) {
    inFlight--;
    endsInFlight &= !withEnds;
  }

  void close() {
    pause.dispose();
    gathering.dispose();
  }

  boolean isSettled() {
    return waiting.isEmpty() && deferred.isEmpty() && inFlight == 0;
  }

  void pauseIsOver() {
    pause.dispose();
    pause = Disposable.disposed();
    silent = false;
    waiting.addAll(deferred);
    deferred.clear();
    urgent = true;
  }

  void forget(TaskInstanceId id) {
    waiting.remove(id);
    deferred.remove(id);
  }

  void answered() {
    pauseMillis = PAUSE_MIN_MILLIS;
  }

  /** How long to wait before the next attempt; longer each time. */
  long nextPauseMillis() {
    long pause = pauseMillis;
    pauseMillis = Math.min(PAUSE_MAX_MILLIS, pauseMillis * 2);
    return pause;
  }
}
