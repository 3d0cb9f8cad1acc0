package io.porpoise.api.testing;

import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Overviews;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what is in memory. */
record MemoryOverviews(MemoryStores stores) implements Overviews {
  @Override
  public Single<Map<WorkflowState, Integer>> counts(Instant since, int max) {
    return stores.one(
        () -> {
          Map<WorkflowState, Integer> counts = new TreeMap<>();
          stores.instances.values().stream()
              .filter(i -> !i.isFinished() || !i.createdAt().isBefore(since))
              .forEach(i -> counts.merge(i.state(), 1, (a, b) -> Math.min(a + b, max)));
          return counts;
        });
  }

  @Override
  public Single<List<Outcome>> outcomes(Instant since, int max) {
    return stores.one(
        () ->
            stores.instances.values().stream()
                .filter(i -> i.isFinished() && !i.createdAt().isBefore(since))
                .map(
                    i ->
                        new Outcome(
                            i.state(), (int) Duration.between(since, i.createdAt()).toHours(), 1))
                .toList());
  }
}
