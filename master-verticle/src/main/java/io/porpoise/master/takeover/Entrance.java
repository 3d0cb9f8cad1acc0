package io.porpoise.master.takeover;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.RunStore;
import io.porpoise.store.StoreUnavailable;
import io.porpoise.store.StoredRun;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Reads instances and takes them in; bears a database that is away, and rows that are damaged. */
final class Entrance {
  private static final Logger log = LoggerFactory.getLogger(Entrance.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  /** Definitions that are read at once. */
  private static final int CONCURRENCY = 8;

  private final Clock clock;
  private final RunStore store;
  private final Residents residents;
  private boolean isUnanswered;

  Entrance(Clock clock, RunStore store, Residents residents) {
    this.clock = clock;
    this.store = store;
    this.residents = residents;
  }

  /**
   * Takes these in; one that cannot be read is found by halving, and does not keep others out.
   *
   * @param epochs of their slots at this moment: under others the rows may be old
   */
  Completable load(List<WorkflowInstanceId> ids, Map<Integer, Long> epochs) {
    if (ids.isEmpty()) {
      return Completable.complete();
    }
    return Completable.defer(() -> read(ids, epochs, residents.departures()))
        .onErrorResumeNext(
            failure -> {
              if (failure instanceof StoreUnavailable) {
                return Completable.error(failure);
              }
              if (ids.size() == 1) {
                unreadable(ids.get(0), epochs, failure);
                return Completable.complete();
              }
              int half = ids.size() / 2;
              return load(ids.subList(0, half), epochs)
                  .andThen(load(ids.subList(half, ids.size()), epochs));
            });
  }

  private Completable read(
      List<WorkflowInstanceId> ids, Map<Integer, Long> epochs, long departures) {
    return store
        .load(ids)
        .flatMapPublisher(Flowable::fromIterable)
        .flatMapCompletable(run -> enter(run, epochs, departures), false, CONCURRENCY);
  }

  /**
   * Until it is in memory its reports cannot be answered, so a database that is away is waited for.
   */
  private Completable enter(StoredRun run, Map<Integer, Long> epochs, long departures) {
    WorkflowInstanceId id = run.instance().id();
    return Single.defer(
            () ->
                isAsBefore(id, epochs)
                    ? residents.enter(run, epochs.get(id.slot()), departures)
                    : Single.just(true))
        .flatMapCompletable(
            isCurrent -> isCurrent ? Completable.complete() : load(List.of(id), epochs))
        .onErrorResumeNext(
            failure -> {
              if (failure instanceof StoreUnavailable) {
                return pause().andThen(Completable.defer(() -> enter(run, epochs, departures)));
              }
              unreadable(id, epochs, failure);
              return Completable.complete();
            });
  }

  private void unreadable(WorkflowInstanceId id, Map<Integer, Long> epochs, Throwable failure) {
    if (isAsBefore(id, epochs)) {
      residents.unreadable(id, String.valueOf(failure.getMessage()));
    }
  }

  private boolean isAsBefore(WorkflowInstanceId id, Map<Integer, Long> epochs) {
    return residents.epoch(id.slot()) == epochs.get(id.slot());
  }

  /** Repeats a read until the database answers, or nobody waits any more. */
  <T> Single<T> untilAnswered(Single<T> read) {
    return read.doOnSuccess(answer -> answered())
        .onErrorResumeNext(
            failure -> {
              unanswered(failure);
              return pause().andThen(Single.defer(() -> untilAnswered(read)));
            });
  }

  void answered() {
    isUnanswered = false;
  }

  /** An outage is told once, however often something is tried meanwhile. */
  void unanswered(Throwable failure) {
    log.atLevel(isUnanswered ? Level.DEBUG : Level.WARN)
        .addKeyValue("cause", failure)
        .log("instances or commands cannot be read from the database; trying again until they are");
    isUnanswered = true;
  }

  private Completable pause() {
    return Completable.create(
        emitter -> emitter.setDisposable(clock.schedule(RETRY, emitter::onComplete)));
  }
}
