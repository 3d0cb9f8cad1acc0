package io.porpoise.worker.attempt;

import io.porpoise.instance.Reason;
import io.porpoise.worker.lifecycle.AttemptEvent;
import io.porpoise.worker.spool.Attempt;
import io.porpoise.worker.spool.Outputs;
import io.porpoise.worker.spool.Spool;
import io.reactivex.rxjava3.core.Single;

/** What an ended attempt has printed as its outputs, as an event of its life. */
final class OutputReading {
  private OutputReading() {}

  /** Never fails: a log that cannot be read fails the attempt. */
  static Single<AttemptEvent> of(Attempt attempt, Spool spool) {
    return spool
        .outputs(attempt.id(), attempt.dispatch().outputNames())
        .map(OutputReading::event)
        .onErrorReturn(
            error ->
                new AttemptEvent.OutputsFailed(
                    new Reason(
                        "LOG_UNREADABLE",
                        "its outputs cannot be read from its log: " + error.getMessage())));
  }

  private static AttemptEvent event(Outputs outputs) {
    return outputs.failure() == null
        ? new AttemptEvent.OutputsCollected(outputs.values())
        : new AttemptEvent.OutputsFailed(outputs.failure());
  }
}
