package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    assertThat(applied).containsOnlyOnce(1).containsOnly(0, 1);
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
