package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables come into being once, and what stands in the way is told in one line. */
class SqlMigrationsTest {
  private static final Migration FIRST =
      Migration.parse("0001_a.sql", "CREATE TABLE IF NOT EXISTS a (n INT);\n");
  private static final Migration SECOND =
      Migration.parse("0002_b.sql", "-- why\nCREATE TABLE IF NOT EXISTS b (\n  n INT\n);\n");

  private final SqlStage stage = SqlStage.emptied();
  private final Vertx vertx = RealDatabase.get().vertx();
  private final SqlConfig config = RealDatabase.get().create();
  private final Database database = new Database(vertx, config);

  private SqlMigrations migrations(Migration... migrations) {
    return new SqlMigrations(vertx, config, List.of(migrations), Duration.ofSeconds(1));
  }

  private DatabaseUnusable failure(SqlMigrations migrations) {
    DatabaseUnusable failure =
        catchThrowableOfType(DatabaseUnusable.class, () -> stage.run(migrations.migrate()));
    assertThat(failure.getMessage())
        .doesNotContain("\n")
        .doesNotContain("{")
        .doesNotContain(RealDatabase.get().password());
    return failure;
  }

  @Test
  void the_tables_of_this_program_are_made_once() {
    SqlMigrations own = new SqlMigrations(vertx, config);

    assertThat(stage.await(own.migrate())).isPositive();
    assertThat(stage.await(own.migrate())).isZero();
  }

  @Test
  void several_processes_at_once_apply_each_migration_once() {
    List<Single<Integer>> processes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      processes.add(new SqlMigrations(Vertx.vertx(), config).migrate());
    }

    List<Integer> applied = stage.await(Single.mergeDelayError(processes).toList());

    assertThat(applied).filteredOn(migrations -> migrations > 0).hasSize(1);
  }

  @Test
  void a_later_program_applies_only_what_is_new() {
    stage.run(migrations(FIRST).migrate());

    assertThat(stage.await(migrations(FIRST, SECOND).migrate())).isEqualTo(1);
  }

  @Test
  void a_migration_that_was_interrupted_runs_again_as_a_whole() {
    Migration broken =
        Migration.parse("0002_b.sql", "CREATE TABLE IF NOT EXISTS b (n INT);\nBREAK OFF;\n");
    assertThat(failure(migrations(FIRST, broken)))
        .hasMessageContaining("0002_b.sql")
        .hasMessageContaining(config.uri());

    assertThat(stage.await(migrations(FIRST, SECOND).migrate())).isEqualTo(1);
  }

  @Test
  void an_alter_that_is_repeated_after_an_interruption_is_done_already() {
    String alter = "ALTER TABLE a\n  ADD COLUMN m INT NULL,\n  ADD UNIQUE KEY by_m (m);\n";
    String alterKey = "ALTER TABLE a ADD KEY by_both (n, m);\n";
    Migration broken = Migration.parse("0002_b.sql", alter + alterKey + "BREAK OFF;\n");
    Migration whole =
        Migration.parse("0002_b.sql", alter + alterKey + "INSERT INTO a (n, m) VALUES (1, 2);\n");
    assertThat(failure(migrations(FIRST, broken))).hasMessageContaining("BREAK OFF");

    assertThat(stage.await(migrations(FIRST, whole).migrate())).isEqualTo(1);
    assertThat(rows("SELECT n FROM a WHERE m = 2")).hasSize(1);
  }

  @Test
  void an_alter_that_cannot_be_done_is_an_error() {
    Migration wrong = Migration.parse("0002_b.sql", "ALTER TABLE a DROP COLUMN x;\n");

    assertThat(failure(migrations(FIRST, wrong))).hasMessageContaining("0002_b.sql");
  }

  @Test
  void the_tables_of_the_spine_with_rows_in_them_are_brought_up_to_date_whenever_interrupted() {
    Migration spine = Migration.load("0001_spine.sql");
    Migration engine = Migration.load("0002_engine.sql");
    stage.run(migrations(spine).migrate());
    fillTheSpine();
    for (int done = 1; done <= engine.statements().size(); done++) {
      List<String> statements = new ArrayList<>(engine.statements().subList(0, done));
      statements.add("BREAK OFF");
      Migration unfinished = new Migration(2, "0002_engine.sql", "unfinished", statements);
      assertThat(failure(migrations(spine, unfinished))).hasMessageContaining("BREAK OFF");
    }

    stage.run(migrations(spine, engine).migrate());

    RunStore runs = new SqlStores(vertx, config).runs();
    StoredRun run = stage.await(runs.load(List.of(new WorkflowInstanceId(5)))).get(0);
    assertThat(run.instance().round()).isEqualTo(1);
    assertThat(run.instance().ticket()).isZero();
    assertThat(run.instance().reopening()).isNull();
    assertThat(run.instance().parent()).isNull();
    TaskInstance task = run.tasks().get(0);
    assertThat(task.branch()).isNull();
    assertThat(task.child()).isNull();
    assertThat(task.claim()).isNull();
    assertThat(run.formerAttempts()).isEqualTo(Map.of(7L, 1));
    assertThat(stage.await(runs.commandsOf(List.of(new WorkflowInstanceId(5)))))
        .extracting(Command::ticket)
        .containsExactly(0L);
  }

  private void fillTheSpine() {
    rows(
        "INSERT INTO workflow_instance (id, slot, finished, state, version, run_times, project_id,"
            + " workflow_id, created_at, created_by) VALUES (5, 5, 0, 1, 1, 1, 1, 1, 0, 'ann')");
    rows(
        "INSERT INTO task_instance (id, workflow_instance_id, code, state, valid, has_payload,"
            + " attempt, retries, losses, dispatches, name, task_type) VALUES"
            + " (50, 5, 7, 6, 0, 0, 1, 0, 0, 1, 'load', 'SHELL'),"
            + " (51, 5, 7, 1, 1, 0, 2, 1, 0, 1, 'load', 'SHELL')");
    rows(
        "INSERT INTO command (slot, type, workflow_instance_id, actor, created_at)"
            + " VALUES (5, 1, 5, 'ann', 0)");
  }

  @CanIgnoreReturnValue
  private RowSet<Row> rows(String sql) {
    return stage.await(database.text(sql));
  }

  @Test
  void an_edited_migration_is_refused() {
    stage.run(migrations(FIRST).migrate());
    Migration edited = Migration.parse("0001_a.sql", "CREATE TABLE a (n BIGINT);\n");

    assertThat(failure(migrations(edited)))
        .hasMessageContaining("0001_a.sql")
        .hasMessageContaining("restore the file");
  }

  @Test
  void tables_of_a_newer_program_are_refused() {
    stage.run(migrations(FIRST, SECOND).migrate());

    assertThat(failure(migrations(FIRST)))
        .hasMessageContaining("version 2")
        .hasMessageContaining("start a newer Porpoise");
  }

  @Test
  void a_process_that_migrates_for_too_long_is_told_of() {
    Session other = new Session(stage.await(new Connector(vertx, config).connect()));
    stage.run(other.text("SELECT GET_LOCK(" + SqlMigrations.LOCK + ", 1)"));

    DatabaseUnusable failure = failure(migrations(FIRST));

    assertThat(failure).hasMessageContaining("another process");
    assertThat(failure.isPassing()).isTrue();
    stage.run(other.text("SELECT RELEASE_LOCK(" + SqlMigrations.LOCK + ")"));
  }

  @Test
  void a_wrong_password_is_told_with_its_remedy() {
    SqlConfig wrong = SqlConfig.of(config.uri(), "porpoise", "not it");

    DatabaseUnusable failure = failure(new SqlMigrations(vertx, wrong));

    assertThat(failure)
        .hasMessage(
            "the database at "
                + config.uri()
                + " refused user 'porpoise': check database.user and database.password"
                + " (PORPOISE_DATABASE_PASSWORD)");
    assertThat(failure.isPassing()).isFalse();
  }

  @Test
  void a_password_in_the_uri_is_not_shown() {
    String uri = config.uri().replace("//", "//porpoise:hidden@");

    assertThat(failure(new SqlMigrations(vertx, SqlConfig.of(uri, "", ""))).getMessage())
        .doesNotContain("hidden")
        .contains(config.uri());
  }

  @Test
  void a_database_that_does_not_exist_is_told_with_its_remedy() {
    RealDatabase.get().administer("GRANT ALL ON nowhere.* TO 'porpoise'@'%'");
    SqlConfig nowhere =
        SqlConfig.of(
            config.uri().replaceFirst("/[^/]*$", "/nowhere"), "porpoise", config.password());

    assertThat(failure(new SqlMigrations(vertx, nowhere)))
        .hasMessageContaining("CREATE DATABASE nowhere");
  }

  @Test
  void a_user_without_rights_is_told_with_the_remedy() {
    RealDatabase.get().administer("CREATE DATABASE IF NOT EXISTS closed");
    SqlConfig closed =
        SqlConfig.of(
            config.uri().replaceFirst("/[^/]*$", "/closed"), "porpoise", config.password());

    assertThat(failure(new SqlMigrations(vertx, closed)))
        .hasMessageContaining("GRANT ALL ON closed.* TO 'porpoise'");
  }

  @Test
  void a_database_that_cannot_be_reached_is_told_with_its_remedy() {
    SqlConfig down = SqlConfig.of("mysql://127.0.0.1:1/porpoise", "porpoise", "x");

    DatabaseUnusable failure = failure(new SqlMigrations(vertx, down));

    assertThat(failure)
        .hasMessageContaining("mysql://127.0.0.1:1/porpoise cannot be reached")
        .hasMessageContaining("PORPOISE_DATABASE_URI");
    assertThat(failure.isPassing()).isTrue();
  }
}
