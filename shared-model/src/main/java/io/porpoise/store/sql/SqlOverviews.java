package io.porpoise.store.sql;

import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Overviews;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts along the index by_state, which has all that they need in it, up to a limit. */
final class SqlOverviews implements Overviews {
  private static final List<WorkflowState> OUTCOMES =
      List.of(WorkflowState.SUCCEEDED, WorkflowState.FAILED, WorkflowState.STOPPED);
  private static final long HOUR_MICROS = 3_600_000_000L;

  private final Database database;

  SqlOverviews(Database database) {
    this.database = database;
  }

  /** One statement for all states. */
  static String counts(long sinceMicros, int max) {
    return Arrays.stream(WorkflowState.values())
        .map(state -> count(state, sinceMicros, max))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static String count(WorkflowState state, long sinceMicros, int max) {
    return "SELECT "
        + Codes.of(state)
        + " AS state, COUNT(*) AS n FROM (SELECT 1 FROM workflow_instance FORCE INDEX (by_state)"
        + " WHERE state = "
        + Codes.of(state)
        + (state.isTerminal() ? " AND created_at >= " + sinceMicros : "")
        + " LIMIT "
        + max
        + ") t";
  }

  static String outcomes(long sinceMicros, int max) {
    return OUTCOMES.stream()
        .map(state -> outcomes(state, sinceMicros, max))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static String outcomes(WorkflowState state, long sinceMicros, int max) {
    return "SELECT "
        + Codes.of(state)
        + " AS state, h, COUNT(*) AS n FROM (SELECT (created_at - "
        + sinceMicros
        + ") DIV "
        + HOUR_MICROS
        + " AS h FROM workflow_instance FORCE INDEX (by_state) WHERE state = "
        + Codes.of(state)
        + " AND created_at >= "
        + sinceMicros
        + " ORDER BY created_at DESC LIMIT "
        + max
        + ") t GROUP BY h";
  }

  @Override
  public Single<Map<WorkflowState, Integer>> counts(Instant since, int max) {
    return database
        .text(counts(Times.micros(since), max))
        .map(
            rows -> {
              Map<WorkflowState, Integer> counts = new EnumMap<>(WorkflowState.class);
              rows.forEach(
                  row ->
                      counts.put(
                          Codes.workflowState(row.getInteger("state")), row.getInteger("n")));
              return counts;
            });
  }

  @Override
  public Single<List<Outcome>> outcomes(Instant since, int max) {
    return database
        .text(outcomes(Times.micros(since), max))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Outcome(
                                Codes.workflowState(row.getInteger("state")),
                                row.getInteger("h"),
                                row.getInteger("n")))
                    .toList());
  }
}
