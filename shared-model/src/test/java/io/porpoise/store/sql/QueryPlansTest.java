package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.InstanceQueries.Filter;
import io.porpoise.store.InstanceQueries.Position;
import io.porpoise.store.sql.InstanceListQuery.Scope;
import io.vertx.rxjava3.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists walk an index in its order: nothing is sorted, however many instances there are. */
class QueryPlansTest {
  private final SqlStage stage = SqlStage.emptied();

  @BeforeEach
  void ten_thousand_instances() {
    stage.sql(
        "INSERT INTO workflow_instance (id, slot, finished, state, version, run_times, project_id,"
            + " workflow_id, created_at, created_by)"
            + " SELECT a.slot * 10 + b.slot, a.slot, b.slot > 0, 7, 1, 1, b.slot, a.slot MOD 7,"
            + " a.slot * 1000, 'ann' FROM slot a, slot b WHERE b.slot < 10");
    stage.sql("ANALYZE TABLE workflow_instance");
  }

  private Row firstStep(Statement statement) {
    return stage
        .await(
            stage
                .database()
                .execute(new Statement("EXPLAIN " + statement.sql(), statement.values())))
        .iterator()
        .next();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "all, by_creation",
    "state, by_state",
    "project, by_project",
    "workflow, by_workflow"
  })
  void a_list_walks_its_index(String what, String index) {
    Position position = new Position(Instant.ofEpochSecond(1), new WorkflowInstanceId(9));
    Filter filter =
        new Filter(
            null,
            null,
            what.equals("state") ? WorkflowState.SUCCEEDED : null,
            null,
            null,
            position,
            50);
    Scope scope =
        switch (what) {
          case "project" -> Scope.project(3);
          case "workflow" -> Scope.workflows(List.of(3L));
          default -> Scope.ALL;
        };

    Row step = firstStep(InstanceListQuery.of(filter, scope));

    assertThat(step.getString("table")).isEqualTo("i");
    assertThat(step.getString("key")).isEqualTo(index);
    assertThat(step.getString("type")).isIn("range", "ref", "index");
    assertThat(step.getString("Extra")).doesNotContain("filesort").doesNotContain("temporary");
  }

  @Test
  void the_sweep_reads_an_index_only() {
    WorkflowInstanceId after = new WorkflowInstanceId(5);
    Row step =
        stage
            .sql(
                "EXPLAIN "
                    + SqlRunStore.unfinished("id", List.of(1, 2, 3, after.slot()), after, 100))
            .iterator()
            .next();

    assertThat(step.getString("key")).isEqualTo("by_slot");
    assertThat(step.getString("Extra")).contains("Using index").doesNotContain("filesort");
  }
}
