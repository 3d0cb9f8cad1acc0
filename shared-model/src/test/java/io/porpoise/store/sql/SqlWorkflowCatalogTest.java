package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.WorkflowCatalog;
import io.porpoise.store.WorkflowCatalog.Entry;
import io.porpoise.store.WorkflowCatalog.Layout;
import io.porpoise.store.WorkflowCatalog.SavedVersion;
import io.porpoise.store.Workflows.Workflow;
import io.vertx.rxjava3.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of workflows and their versions, and where their tasks stand. */
class SqlWorkflowCatalogTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

  private final SqlStage stage = SqlStage.emptied();
  private final WorkflowCatalog catalog = stage.catalog();
  private long project;

  @BeforeEach
  void a_project() {
    project = stage.await(stage.projects().create("etl", "", "ann", NOON)).orElseThrow().id();
  }

  @CanIgnoreReturnValue
  private Workflow save(String name, String document, Instant now) {
    return stage
        .await(
            stage
                .workflows()
                .save(
                    project,
                    name,
                    "",
                    document,
                    List.of(),
                    ReleaseState.ONLINE,
                    ExecutionType.SERIAL_WAIT,
                    "ann",
                    now))
        .workflow();
  }

  private List<String> names(String search, String after, int limit) {
    return stage.await(catalog.list(project, search, after, limit)).stream()
        .map(entry -> entry.workflow().name())
        .toList();
  }

  @Test
  void a_list_is_in_the_order_of_names_and_goes_on_after_one() {
    List.of("b", "c", "a").forEach(name -> save(name, "{}", NOON));

    assertThat(names("", "", 2)).containsExactly("a", "b");
    assertThat(names("", "b", 2)).containsExactly("c");
    assertThat(stage.await(catalog.list(project + 1, "", "", 2))).isEmpty();
  }

  @Test
  void a_search_finds_a_piece_of_the_name_in_any_case() {
    List.of("Daily ETL", "weekly_etl", "100%", "报表 日报").forEach(name -> save(name, "{}", NOON));

    assertThat(names("ETL", "", 9)).containsExactly("Daily ETL", "weekly_etl");
    assertThat(names("%", "", 9)).containsExactly("100%");
    assertThat(names("_", "", 9)).containsExactly("weekly_etl");
    assertThat(names("日报", "", 9)).containsExactly("报表 日报");
  }

  @Test
  void a_line_tells_of_the_instance_that_was_created_last() {
    long id = save("a", "{}", NOON).id();
    save("b", "{}", NOON);
    for (int i = 1; i <= 3; i++) {
      stage.sql(
          "INSERT INTO workflow_instance (id, slot, finished, state, version, run_times,"
              + " project_id, workflow_id, created_at, start_time, created_by) VALUES ("
              + (4 - i)
              + ", 1, 0, 1, 1, 1, 1, "
              + id
              + ", "
              + i * 1_000_000
              + ", 5, 'ann')");
    }

    List<Entry> entries = stage.await(catalog.list(project, "", "", 9));

    assertThat(entries.get(0).last().id().value()).isEqualTo(1);
    assertThat(entries.get(0).last().state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(entries.get(0).last().createdAt()).isEqualTo(Instant.ofEpochSecond(3));
    assertThat(entries.get(0).last().endTime()).isNull();
    assertThat(entries.get(0).workflow().executionType()).isEqualTo(ExecutionType.SERIAL_WAIT);
    assertThat(entries.get(1).last()).isNull();
  }

  @Test
  void a_list_walks_the_names_and_looks_at_one_instance_of_each() {
    save("a", "{}", NOON);
    Statement list = new Statement(SqlWorkflowCatalog.LIST, Statement.tuple(project, "", "", 9));

    for (Row step :
        stage.await(
            stage.database().execute(new Statement("EXPLAIN " + list.sql(), list.values())))) {
      String table = step.getString("table");
      if ("i".equals(table) || "w".equals(table)) {
        assertThat(step.getString("key")).isEqualTo(table.equals("i") ? "by_workflow" : "by_name");
        assertThat(String.valueOf(step.getString("Extra"))).doesNotContain("filesort");
      }
    }
  }

  @Test
  void versions_come_newest_first_without_their_documents() {
    save("a", "{\"n\":1}", NOON);
    save("a", "{\"n\":2}", NOON.plusSeconds(1));
    long id = save("a", "{\"n\":3}", NOON.plusSeconds(2)).id();

    assertThat(stage.await(catalog.versions(id, Integer.MAX_VALUE, 2)))
        .containsExactly(
            new SavedVersion(3, "ann", NOON.plusSeconds(2)),
            new SavedVersion(2, "ann", NOON.plusSeconds(1)));
    assertThat(stage.await(catalog.versions(id, 2, 2)))
        .containsExactly(new SavedVersion(1, "ann", NOON));
  }

  @Test
  void a_layout_replaces_the_one_before() {
    Layout large = new Layout("{\"" + "x".repeat(5_000) + "\":[1,2]}", "bob", NOON);

    assertThat(stage.await(catalog.layout(7).isEmpty())).isTrue();
    stage.run(catalog.saveLayout(7, new Layout("{}", "ann", NOON)).toSingleDefault(true));
    stage.run(catalog.saveLayout(7, large).toSingleDefault(true));

    assertThat(stage.await(catalog.layout(7).toSingle())).isEqualTo(large);
  }
}
