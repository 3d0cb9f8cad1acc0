package io.porpoise.store;

import io.porpoise.instance.WorkflowState;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is going on, at a bounded cost: everything is counted along an index and only up to a limit,
 * however many instances there are.
 */
public interface Overviews {
  /**
   * How many instances are in each state: of the unfinished ones all, of the finished ones those
   * created since then; each up to {@code max}.
   */
  Single<Map<WorkflowState, Integer>> counts(Instant since, int max);

  /**
   * How many instances that were created in an hour have ended so by now.
   *
   * @param hour from 0, after {@code since}
   */
  record Outcome(WorkflowState state, int hour, int count) {}

  /**
   * Of instances that succeeded, failed or were stopped, since then; the newest {@code max} of each
   * state.
   */
  Single<List<Outcome>> outcomes(Instant since, int max);
}
