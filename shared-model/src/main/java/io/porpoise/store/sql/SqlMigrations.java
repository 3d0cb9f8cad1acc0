package io.porpoise.store.sql;

import io.porpoise.store.StoreUnavailable;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.sqlclient.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables to the version of this program, before anything else uses them.
 *
 * <p>Every process does so at its start: a lock of the database lets one at a time work while the
 * others wait and then find nothing left to do. The lock belongs to the connection, so it ends with
 * the process that held it. A migration counts as done when its last statement is; one that was
 * interrupted runs again as a whole, hence its statements can be repeated; an ALTER is one that
 * finds its work done.
 */
public final class SqlMigrations {
  /** In their order; the numbers have no gaps. */
  private static final List<String> FILES =
      List.of(
          "0001_spine.sql",
          "0002_engine.sql",
          "0003_lists_by_state.sql",
          "0004_workflow_layout.sql");

  private static final Logger LOG = LoggerFactory.getLogger(SqlMigrations.class);
  private static final Duration LOCK_WAIT = Duration.ofSeconds(60);
  private static final Duration TIME_MAX = Duration.ofMinutes(30);
  private static final String BOOK =
      "CREATE TABLE IF NOT EXISTS schema_migration (version INT NOT NULL PRIMARY KEY,"
          + " name VARCHAR(100) NOT NULL, checksum CHAR(64) NOT NULL, applied_at BIGINT NOT NULL)"
          + " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  static final String LOCK = "CONCAT('porpoise_migrations_', SHA1(DATABASE()))";

  private final Vertx vertx;
  private final SqlConfig config;
  private final List<Migration> migrations;
  private final Duration lockWait;

  public SqlMigrations(Vertx vertx, SqlConfig config) {
    this(vertx, config, FILES.stream().map(Migration::load).toList(), LOCK_WAIT);
  }

  SqlMigrations(Vertx vertx, SqlConfig config, List<Migration> migrations, Duration lockWait) {
    this.vertx = vertx;
    this.config = config;
    this.migrations = migrations;
    this.lockWait = lockWait;
  }

  /** Emits how many migrations were applied. Fails with {@link DatabaseUnusable}. */
  public Single<Integer> migrate() {
    Connector connector = new Connector(vertx, config);
    return connector
        .connect()
        .flatMap(
            connection ->
                migrate(new Session(connection))
                    .timeout(TIME_MAX.toMinutes(), TimeUnit.MINUTES, connector.scheduler())
                    .doFinally(() -> connector.closeLater(Single.just(connection))))
        .onErrorResumeNext(e -> Single.error(explain(e)));
  }

  private Single<Integer> migrate(Session session) {
    // A change of a large table takes its time.
    return session
        .text("SET SESSION lock_wait_timeout = 60 /*M!100600 , max_statement_time = 0 */")
        .flatMap(done -> lock(session))
        .flatMap(locked -> session.text(BOOK))
        .flatMap(done -> session.text("SELECT version, name, checksum FROM schema_migration"))
        .map(this::missing)
        .flatMap(
            missing ->
                Flowable.fromIterable(missing)
                    .concatMapCompletable(migration -> apply(session, migration))
                    .toSingleDefault(missing.size()))
        .flatMap(applied -> session.text("SELECT RELEASE_LOCK(" + LOCK + ")").map(done -> applied));
  }

  private Single<Boolean> lock(Session session) {
    return session
        .text("SELECT GET_LOCK(" + LOCK + ", " + lockWait.toSeconds() + ")")
        .map(rows -> Integer.valueOf(1).equals(rows.iterator().next().getInteger(0)))
        .doOnSuccess(
            locked -> {
              if (!locked) {
                throw new DatabaseUnusable(
                    "another process has been changing the tables of "
                        + config.address()
                        + " for more than "
                        + lockWait.toSeconds()
                        + " s: wait for it, then start again",
                    true,
                    null);
              }
            });
  }

  private List<Migration> missing(Iterable<Row> applied) {
    Map<Integer, Migration> known = new HashMap<>();
    migrations.forEach(m -> known.put(m.version(), m));
    int newestKnown = migrations.get(migrations.size() - 1).version();
    for (Row row : applied) {
      Migration migration = known.remove(row.getInteger(0));
      if (migration == null) {
        throw new DatabaseUnusable(
            "the tables of "
                + config.address()
                + " are of version "
                + row.getInteger(0)
                + " ("
                + row.getString(1)
                + "), this program knows them up to "
                + newestKnown
                + ": start a newer Porpoise",
            false,
            null);
      }
      if (!migration.checksum().equals(row.getString(2))) {
        throw new DatabaseUnusable(
            "migration "
                + migration.name()
                + " is not the one that was applied to "
                + config.address()
                + ": restore the file; a change of the tables is a new migration",
            false,
            null);
      }
    }
    return migrations.stream().filter(m -> known.containsKey(m.version())).toList();
  }

  private Completable apply(Session session, Migration migration) {
    LOG.info("applying {} to {}", migration.name(), config.address());
    return Flowable.fromIterable(migration.statements())
        .concatMapCompletable(sql -> apply(session, sql))
        .andThen(
            session.query(
                "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES"
                    + " (?,?,?, "
                    + Times.NOW
                    + ")",
                migration.version(),
                migration.name(),
                migration.checksum()))
        .ignoreElement()
        .onErrorResumeNext(
            e ->
                Completable.error(
                    SqlErrors.isFromServer(e)
                        ? new DatabaseUnusable(
                            "migration "
                                + migration.name()
                                + " failed at "
                                + config.address()
                                + ": "
                                + SqlErrors.describe(e),
                            false,
                            e)
                        : e));
  }

  private static Completable apply(Session session, String sql) {
    return session
        .text(sql)
        .ignoreElement()
        .onErrorComplete(e -> sql.startsWith("ALTER TABLE ") && SqlErrors.isThereAlready(e));
  }

  /** One line that names the place and the remedy, never the password. */
  private Throwable explain(Throwable error) {
    if (error instanceof DatabaseUnusable || error instanceof IllegalArgumentException) {
      return error;
    }
    Throwable cause = error instanceof StoreUnavailable ? error.getCause() : error;
    int code = cause instanceof MySQLException e ? e.getErrorCode() : 0;
    String user = config.connectOptions().getUser();
    String database = config.connectOptions().getDatabase();
    return switch (code) {
      case 1045, 1698 ->
          unusable(
              "the database at "
                  + config.address()
                  + " refused user '"
                  + user
                  + "': check database.user and database.password (PORPOISE_DATABASE_PASSWORD)",
              cause);
      case 1044, 1142, 1227 ->
          unusable(
              "user '"
                  + user
                  + "' lacks rights at "
                  + config.address()
                  + ": GRANT ALL ON "
                  + database
                  + ".* TO '"
                  + user
                  + "'",
              cause);
      case 1049 ->
          unusable(
              "the server at "
                  + config.address()
                  + " has no database '"
                  + database
                  + "': CREATE DATABASE "
                  + database
                  + " CHARACTER SET utf8mb4",
              cause);
      default ->
          new DatabaseUnusable(
              "the database at "
                  + config.address()
                  + " cannot be reached ("
                  + SqlErrors.describe(cause)
                  + "): start it, or correct database.uri (PORPOISE_DATABASE_URI)",
              true,
              cause);
    };
  }

  private static DatabaseUnusable unusable(String message, Throwable cause) {
    return new DatabaseUnusable(message, false, cause);
  }
}
