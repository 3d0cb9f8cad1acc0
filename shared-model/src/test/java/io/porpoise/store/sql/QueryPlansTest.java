package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.Parent;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.InstanceIntake.Start;
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
    stage.sql(
        "INSERT INTO task_instance (id, workflow_instance_id, code, state, valid, has_payload,"
            + " attempt, retries, losses, dispatches, name, task_type)"
            + " SELECT a.slot * 10 + b.slot, a.slot, b.slot, 7, b.slot MOD 2, 0, 1, 0, 0, 1, 'a',"
            + " 'SHELL' FROM slot a, slot b WHERE b.slot < 10");
    stage.sql(
        "INSERT INTO serial_queue (workflow_id, workflow_instance_id)"
            + " SELECT slot MOD 7, slot FROM slot");
    stage.sql(
        "INSERT INTO task_group_queue (task_instance_id, task_group, held, reverse_priority,"
            + " first_submit_time, workflow_instance_id)"
            + " SELECT slot, CONCAT('group ', slot MOD 7), slot MOD 5 = 0, slot MOD 3, 0, slot"
            + " FROM slot");
    stage.sql("ANALYZE TABLE workflow_instance, task_instance, serial_queue, task_group_queue");
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
  void the_queue_of_a_definition_is_read_along_its_index() {
    for (Statement statement :
        List.of(
            new Statement(SqlSerialQueue.FIRST, Statement.tuple(3)),
            new Statement(SerialArrivals.FIRST_OTHER, Statement.tuple(3, 100)))) {
      Row step = firstStep(statement);

      assertThat(step.getString("key")).isEqualTo("by_workflow");
      assertThat(step.getString("Extra")).doesNotContain("filesort");
    }
  }

  @Test
  void the_queue_of_a_group_is_read_along_its_index_and_written_by_its_key() {
    for (Statement statement :
        List.of(
            new Statement(SqlTaskGroups.HELD, Statement.tuple("group 3")),
            new Statement(SqlTaskGroups.NEXT, Statement.tuple("group 3", 5)),
            new Statement(SqlTaskGroups.PLACES, Statement.tuple("group 3")))) {
      Row step = firstStep(statement);

      assertThat(step.getString("key")).as(statement.sql()).isEqualTo("by_turn");
      assertThat(step.getString("Extra")).as(statement.sql()).doesNotContain("filesort");
    }
    Row update = stage.sql("EXPLAIN " + SqlTaskGroups.holding("3,700")).iterator().next();
    assertThat(update.getString("key")).isEqualTo("PRIMARY");
    assertThat(update.getString("type")).isEqualTo("range");
  }

  @Test
  void the_child_of_an_attempt_is_found_by_its_key() {
    Start start =
        new Start(
            new WorkflowInstanceId(100_000),
            1,
            1,
            1,
            ExecutionType.PARALLEL,
            StartOptions.NONE,
            new Parent(new WorkflowInstanceId(7), new TaskInstanceId(8), 1),
            1,
            "ann",
            null,
            Instant.EPOCH);
    stage.run(stage.intake().start(start));

    assertThat(firstStep(SqlInstanceIntake.former(start)).getString("key")).isEqualTo("by_parent");
  }

  @Test
  void former_attempts_are_found_by_their_instances() {
    Row step = stage.sql("EXPLAIN " + SqlRunStore.formerAttempts("3,700")).iterator().next();

    assertThat(step.getString("key")).isEqualTo("by_workflow_instance");
    assertThat(step.getString("type")).isEqualTo("range");
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

  @Test
  void the_sums_of_slots_are_read_from_an_index_only() {
    Row step = stage.sql("EXPLAIN " + SqlRunStore.sums(List.of(1, 2, 3))).iterator().next();

    assertThat(step.getString("key")).isEqualTo("by_slot");
    assertThat(step.getString("Extra"))
        .contains("Using index")
        .doesNotContain("filesort")
        .doesNotContain("temporary");
  }
}
