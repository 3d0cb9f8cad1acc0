package io.porpoise.worker.attempt;

import io.porpoise.bus.message.AttemptReport;
import io.porpoise.worker.lifecycle.AttemptLife;
import io.porpoise.worker.spool.Attempt;
import io.reactivex.rxjava3.core.Single;
import java.util.Map;

/** One attempt in the table; belongs to the worker's event loop. */
final class Held {
  final Attempt attempt;
  AttemptLife life;

  /** What its dispatch is answered with; repeated dispatches wait for the same word. */
  Single<Acceptance> acceptance = Single.just(Acceptance.ACCEPTED);

  private long startedNanos;
  private long tookNanos = -1;

  Held(Attempt attempt, AttemptLife life) {
    this.attempt = attempt;
    this.life = life;
  }

  void started(long atNanos) {
    startedNanos = atNanos;
  }

  void ended(long took) {
    tookNanos = took;
  }

  AttemptReport picture(long nowNanos) {
    return picture(nowNanos, life.outputs());
  }

  AttemptReport pictureWithoutOutputs(long nowNanos) {
    return picture(nowNanos, Map.of());
  }

  private AttemptReport picture(long nowNanos, Map<String, String> outputs) {
    long ago = life.started() ? millis(nowNanos - startedNanos) : 0;
    return new AttemptReport(
        attempt.id(),
        attempt.dispatch().workflowInstance(),
        life.phase(),
        life.exitCode(),
        ago,
        tookNanos < 0 ? ago : millis(tookNanos),
        life.reason(),
        outputs);
  }

  private static long millis(long nanos) {
    return Math.max(0, nanos / 1_000_000);
  }
}
