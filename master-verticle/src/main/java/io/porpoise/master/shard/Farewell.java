package io.porpoise.master.shard;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import java.time.Duration;
import java.util.List;

/** Waits until what has been decided about leaving instances is durable. */
final class Farewell {
  private final Clock clock;
  private final JournalWriter journal;
  private final Duration patience;

  /**
   * @param patience the longest wait; afterwards the new owner claims by force
   */
  Farewell(Clock clock, JournalWriter journal, Duration patience) {
    this.clock = clock;
    this.journal = journal;
    this.patience = patience;
  }

  /** Completes when nothing is written for these any more, or it would take too long. */
  Completable written(List<Actor> leaving) {
    if (journal.isStruggling()) {
      return Completable.complete();
    }
    return Completable.create(
        emitter -> {
          emitter.setDisposable(clock.schedule(patience, emitter::onComplete));
          Countdown countdown = new Countdown(leaving.size() + 1, emitter::onComplete);
          leaving.forEach(
              actor ->
                  journal.whenDurable(actor.run().id(), countdown::oneLess, countdown::oneLess));
          countdown.oneLess();
          journal.flush();
        });
  }

  private static final class Countdown {
    private final Runnable atZero;
    private int left;

    Countdown(int from, Runnable atZero) {
      left = from;
      this.atZero = atZero;
    }

    void oneLess() {
      if (--left == 0) {
        atZero.run();
      }
    }
  }
}
