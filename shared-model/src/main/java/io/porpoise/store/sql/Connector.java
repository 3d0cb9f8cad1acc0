package io.porpoise.store.sql;

import io.porpoise.store.StoreUnavailable;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.mysqlclient.MySQLConnection;
import io.vertx.rxjava3.sqlclient.SqlConnection;
import io.vertx.sqlclient.ClosedConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes connections that are all set up alike, and gives every statement its time-out and its
 * errors as the stores' callers know them.
 */
final class Connector {
  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

  private static final long BREAK_MILLIS = 5;

  private final Vertx vertx;
  private final SqlConfig config;
  private final CompositeDisposable farewells = new CompositeDisposable();

  Connector(Vertx vertx, SqlConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  /** A connection outside of the pool. */
  Single<MySQLConnection> connect() {
    return Single.defer(
        () -> {
          // Cached, so that a connection that comes after the time-out can still be closed.
          Single<MySQLConnection> connecting =
              MySQLConnection.rxConnect(vertx, config.connectOptions())
                  .flatMap(connection -> setUp(connection).toSingleDefault(connection))
                  .cache();
          return connecting
              .timeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS, scheduler())
              .doOnError(e -> closeLater(connecting))
              .onErrorResumeNext(
                  e -> Single.error(translate(e, "let us in", config.connectTimeout())));
        });
  }

  Completable setUp(SqlConnection connection) {
    // Strict, so that what does not fit is refused and not cut. The server gives up a statement a
    // little
    // before we do, where it can (MariaDB all, MySQL reads), so that none lingers on.
    long limitMillis = Math.max(1000, config.statementTimeout().toMillis() - 1000);
    long lockWaitSeconds = Math.max(1, limitMillis / 2000);
    String settings =
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',"
            + (" innodb_lock_wait_timeout = " + lockWaitSeconds)
            + (", lock_wait_timeout = " + lockWaitSeconds)
            + (" /*M!100600 , max_statement_time = " + limitMillis / 1000 + " */")
            + (" /*!50708 , max_execution_time = " + limitMillis + " */");
    return Single.zip(
            List.of(
                connection
                    .query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
                    .rxExecute(),
                connection.query(settings).rxExecute()),
            done -> done)
        .ignoreElement();
  }

  /**
   * Tells that a connection broke off a moment later than the client does: the client tells it
   * while it does not know itself yet that the connection is closed, and a statement that somebody
   * then sends on it is never answered.
   */
  <T> Single<T> bounded(Single<T> statement) {
    return statement
        .timeout(config.statementTimeout().toMillis(), TimeUnit.MILLISECONDS, scheduler())
        .onErrorResumeNext(
            e -> {
              Single<T> failure = Single.error(translate(e, "answer", config.statementTimeout()));
              return SqlErrors.isConnectionLost(e)
                  ? Single.timer(BREAK_MILLIS, TimeUnit.MILLISECONDS, scheduler())
                      .flatMap(now -> failure)
                  : failure;
            });
  }

  /**
   * Fails when the connection breaks off, even if no statement is told so: the client may still
   * send those that waited in its queue on the connection that is already gone, and then never
   * answers them.
   *
   * @param closed completes when the connection is closed
   */
  static <T> Single<T> whileOpen(Single<T> work, Completable closed) {
    return Single.ambArray(
        work, closed.andThen(Single.error(() -> ClosedConnectionException.INSTANCE)));
  }

  /** Closes without waiting: the connection may be one that no longer answers. */
  void closeLater(Single<? extends SqlConnection> connection) {
    connection
        .flatMapCompletable(SqlConnection::rxClose)
        .subscribe(
            () -> {}, e -> LOG.debug("a connection could not be closed properly", e), farewells);
  }

  Scheduler scheduler() {
    return RxHelper.scheduler(vertx);
  }

  private Throwable translate(Throwable error, String what, Duration limit) {
    return error instanceof TimeoutException
        ? new StoreUnavailable(
            "the database at "
                + config.address()
                + " did not "
                + what
                + " within "
                + limit.toMillis()
                + " ms",
            error)
        : SqlErrors.translate(error);
  }
}
