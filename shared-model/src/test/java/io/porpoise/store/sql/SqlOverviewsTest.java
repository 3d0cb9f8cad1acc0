package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Overviews;
import io.porpoise.store.Overviews.Outcome;
import io.vertx.rxjava3.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is going on, counted along an index and no further than asked. */
class SqlOverviewsTest {
  private static final long HOUR = 3_600_000_000L;
  private static final Instant SINCE = Instant.ofEpochSecond(100 * 3600);

  private final SqlStage stage = SqlStage.emptied();
  private final Overviews overviews = stage.overviews();
  private int lastId;

  private void instances(int count, WorkflowState state, long createdMicros) {
    for (int i = 0; i < count; i++) {
      lastId++;
      stage.sql(
          "INSERT INTO workflow_instance (id, slot, finished, state, version, run_times,"
              + " project_id, workflow_id, created_at, created_by) VALUES ("
              + lastId
              + ", 1, 0, "
              + Codes.of(state)
              + ", 1, 1, 1, 1, "
              + createdMicros
              + ", 'ann')");
    }
  }

  @Test
  void unfinished_instances_are_counted_however_old_and_finished_ones_since_then() {
    instances(2, WorkflowState.RUNNING, HOUR);
    instances(1, WorkflowState.FAILED, 99 * HOUR);
    instances(3, WorkflowState.FAILED, 101 * HOUR);
    instances(7, WorkflowState.SUCCEEDED, 101 * HOUR);

    assertThat(stage.await(overviews.counts(SINCE, 5)))
        .containsEntry(WorkflowState.RUNNING, 2)
        .containsEntry(WorkflowState.FAILED, 3)
        .containsEntry(WorkflowState.SUCCEEDED, 5)
        .containsEntry(WorkflowState.SERIAL_WAIT, 0)
        .hasSize(WorkflowState.values().length);
  }

  @Test
  void outcomes_are_told_by_the_hour() {
    instances(2, WorkflowState.SUCCEEDED, 100 * HOUR);
    instances(1, WorkflowState.SUCCEEDED, 123 * HOUR + 5);
    instances(4, WorkflowState.FAILED, 101 * HOUR - 1);
    instances(1, WorkflowState.STOPPED, 99 * HOUR);
    instances(1, WorkflowState.RUNNING, 101 * HOUR);

    assertThat(stage.await(overviews.outcomes(SINCE, 100)))
        .containsExactlyInAnyOrder(
            new Outcome(WorkflowState.SUCCEEDED, 0, 2),
            new Outcome(WorkflowState.SUCCEEDED, 23, 1),
            new Outcome(WorkflowState.FAILED, 0, 4));
    assertThat(stage.await(overviews.outcomes(SINCE, 1)))
        .containsExactlyInAnyOrder(
            new Outcome(WorkflowState.SUCCEEDED, 23, 1), new Outcome(WorkflowState.FAILED, 0, 1));
  }

  @Test
  void counting_reads_nothing_but_the_index() {
    for (String sql : List.of(SqlOverviews.counts(5, 9), SqlOverviews.outcomes(5, 9))) {
      for (Row step : stage.sql("EXPLAIN " + sql)) {
        if ("workflow_instance".equals(step.getString("table"))) {
          assertThat(step.getString("key")).isEqualTo("by_state");
          assertThat(step.getString("Extra")).contains("Using index").doesNotContain("filesort");
        }
      }
    }
  }
}
