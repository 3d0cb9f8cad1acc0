package io.porpoise.api.http;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;

/**
 * A database that is silent, rather than away, must not hold callers for as long as the stores are
 * patient.
 */
public final class Patience {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Clock clock;

  public Patience(Clock clock) {
    this.clock = clock;
  }

  /** The work's outcome, or a problem (503) when it takes too long. */
  public <T> Single<T> with(Single<T> work) {
    return Single.ambArray(work, late());
  }

  private <T> Single<T> late() {
    return Single.create(
        emitter ->
            emitter.setDisposable(
                clock.schedule(
                    LIMIT,
                    () ->
                        emitter.onError(
                            Problem.of(
                                    503,
                                    "NO_ANSWER",
                                    "The database did not answer in time. What was to be changed may"
                                        + " be changed or not; look, then try again.")
                                .withHeader("Retry-After", "5")))));
  }
}
