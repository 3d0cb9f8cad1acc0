package io.porpoise.api.overview;

import io.porpoise.api.http.Texts;
import io.porpoise.api.instance.InstanceLists;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.InstanceQueries.Filter;
import io.porpoise.store.Overviews;
import io.porpoise.store.Overviews.Outcome;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the overview; those who want it at the same time share one reading. For one event loop. */
public final class OverviewReader {
  private static final Duration LATELY = Duration.ofHours(24);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int HOURS = 24;
  private static final int COUNT_MAX = 1_000;
  private static final int OUTCOMES_MAX = 20_000;
  private static final int ROWS = 10;

  private final Overviews overviews;
  private final InstanceLists lists;
  private final Clock clock;
  private Single<JsonObject> last;
  private long lastNanos;

  public OverviewReader(Overviews overviews, InstanceLists lists, Clock clock) {
    this.overviews = overviews;
    this.lists = lists;
    this.clock = clock;
  }

  /** At most a second old; not to be changed by who gets it. */
  public Single<JsonObject> read() {
    return Single.defer(
        () -> {
          if (last == null || clock.monotonicNanos() - lastNanos >= FRESH.toNanos()) {
            lastNanos = clock.monotonicNanos();
            last = now().doOnError(error -> last = null).cache();
          }
          return last;
        });
  }

  private Single<JsonObject> now() {
    Instant now = clock.now();
    Instant since = now.minus(LATELY);
    Instant firstHour = now.truncatedTo(ChronoUnit.HOURS).minus(HOURS - 1, ChronoUnit.HOURS);
    return Single.zip(
        overviews.counts(since, COUNT_MAX + 1),
        overviews.outcomes(firstHour, OUTCOMES_MAX),
        rows(WorkflowState.RUNNING, null),
        rows(WorkflowState.SUBMITTED, null),
        rows(WorkflowState.SERIAL_WAIT, null),
        rows(WorkflowState.FAILED, since),
        (counts, outcomes, running, submitted, serial, failed) ->
            new JsonObject()
                .put("time", Texts.time(now))
                .put("since", Texts.time(since))
                .put("counts", counts(counts))
                .put("running", running)
                .put("waiting", newest(submitted, serial))
                .put("failed", failed)
                .put("hours", hours(firstHour, outcomes))
                .put("isHoursPartial", isPartial(outcomes)));
  }

  private Single<JsonArray> rows(WorkflowState state, Instant since) {
    return lists
        .page(new Filter(null, null, state, since, null, null, ROWS))
        .map(page -> page.getJsonArray("items"));
  }

  private static JsonObject counts(Map<WorkflowState, Integer> counts) {
    JsonObject json = new JsonObject();
    for (WorkflowState state : WorkflowState.values()) {
      int count = counts.getOrDefault(state, 0);
      json.put(
          state.name(),
          new JsonObject()
              .put("count", Math.min(count, COUNT_MAX))
              .put("isMore", count > COUNT_MAX));
    }
    return json;
  }

  private static JsonArray newest(JsonArray some, JsonArray others) {
    List<JsonObject> rows =
        Stream.concat(some.stream(), others.stream())
            .map(JsonObject.class::cast)
            .sorted(
                Comparator.comparing((JsonObject row) -> row.getString("createdTime"))
                    .thenComparing(row -> Long.parseLong(row.getString("id")))
                    .reversed())
            .limit(ROWS)
            .toList();
    return new JsonArray(rows);
  }

  private static JsonArray hours(Instant first, List<Outcome> outcomes) {
    JsonArray hours = new JsonArray();
    for (int hour = 0; hour < HOURS; hour++) {
      hours.add(
          new JsonObject()
              .put("from", Texts.time(first.plus(hour, ChronoUnit.HOURS)))
              .put("succeeded", 0)
              .put("failed", 0)
              .put("stopped", 0));
    }
    for (Outcome outcome : outcomes) {
      // What a node with a faster clock has created belongs to the last hour.
      JsonObject hour = hours.getJsonObject(Math.min(outcome.hour(), HOURS - 1));
      String name = outcome.state().name().toLowerCase(Locale.ROOT);
      hour.put(name, hour.getInteger(name) + outcome.count());
    }
    return hours;
  }

  private static boolean isPartial(List<Outcome> outcomes) {
    return Stream.of(WorkflowState.SUCCEEDED, WorkflowState.FAILED, WorkflowState.STOPPED)
        .anyMatch(
            state ->
                outcomes.stream()
                        .filter(outcome -> outcome.state() == state)
                        .mapToInt(Outcome::count)
                        .sum()
                    >= OUTCOMES_MAX);
  }
}
