package io.porpoise.store.sql;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.mysqlclient.MySQLBuilder;
import io.vertx.rxjava3.sqlclient.Pool;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import io.vertx.rxjava3.sqlclient.SqlConnection;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool that all stores but the journal share. */
final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int WAITING_MAX_PER_CONNECTION = 250;

  private final Vertx vertx;
  private final Connector connector;
  private final SqlConfig config;
  private final AtomicReference<Pool> pool;
  private final CompositeDisposable unwatched = new CompositeDisposable();

  Database(Vertx vertx, SqlConfig config) {
    this.vertx = vertx;
    this.connector = new Connector(vertx, config);
    this.config = config;
    this.pool = new AtomicReference<>(newPool());
  }

  private Pool newPool() {
    return MySQLBuilder.pool()
        .with(
            new PoolOptions()
                .setName("porpoise-store")
                .setMaxSize(config.poolSize())
                .setMaxWaitQueueSize(config.poolSize() * WAITING_MAX_PER_CONNECTION)
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(10)
                .setIdleTimeoutUnit(TimeUnit.MINUTES))
        .connectingTo(config.connectOptions())
        .withConnectHandler(this::prepareForPool)
        .using(vertx)
        .build();
  }

  Vertx vertx() {
    return vertx;
  }

  Connector connector() {
    return connector;
  }

  /**
   * One prepared statement on its own; a text of which there are few variants, for the cache's
   * sake.
   */
  Single<RowSet<Row>> query(String sql, Object... values) {
    return execute(new Statement(sql, Statement.tuple(values)));
  }

  Single<RowSet<Row>> execute(Statement statement) {
    return onPool(
        statement.sql(), pool -> pool.preparedQuery(statement.sql()).rxExecute(statement.values()));
  }

  /** One statement that is not worth preparing, as its text is seldom the same. */
  Single<RowSet<Row>> text(String sql) {
    return onPool(sql, pool -> pool.query(sql).rxExecute());
  }

  /**
   * A connection that the server has closed while it lay idle is noticed at once most of the time,
   * else by the next statement on it: one that only reads is then sent again.
   */
  private Single<RowSet<Row>> onPool(String sql, Function<Pool, Single<RowSet<Row>>> statement) {
    return Single.defer(
        () -> {
          Pool present = pool.get();
          Single<RowSet<Row>> reply =
              connector.bounded(Single.defer(() -> statement.apply(present)));
          return (sql.startsWith("SELECT") ? reply.retry(1, SqlErrors::isConnectionLost) : reply)
              .doOnError(error -> silent(present, error));
        });
  }

  /**
   * The server gives up statements before we do, so one that was not answered at all went over a
   * line that is dead, and the others are likely to be so, too: the network was cut, or the
   * server's machine is gone. Their connections would stay in the pool until TCP gives up.
   */
  private void silent(Pool used, Throwable error) {
    if (error.getCause() instanceof TimeoutException && pool.get() == used) {
      LOG.warn("the connections to the database are replaced: {}", error.getMessage());
      pool.set(newPool());
      used.rxClose().subscribe(() -> {}, e -> LOG.debug("the former connections", e), unwatched);
    }
  }

  /**
   * Work on one connection, in a transaction that the work ends by {@link Session#commit}.
   * Statements that are subscribed to without waiting for each other are pipelined.
   *
   * <p>Mind that a deadlock rolls the transaction back at once and that the statements that were
   * sent behind it then commit one by one: what is pipelined must be harmless alone.
   */
  <T> Single<T> transaction(Function<Session, Single<T>> work) {
    return Single.defer(() -> transactionOn(pool.get(), work))
        .onErrorResumeNext(e -> Single.error(SqlErrors.translate(e)));
  }

  private <T> Single<T> transactionOn(Pool present, Function<Session, Single<T>> work) {
    return present
        .<T>rxWithConnection(
            connection -> {
              Session session = new Session(connection);
              CompletableSubject closed = CompletableSubject.create();
              connection.closeHandler(gone -> closed.onComplete());
              Single<T> worked = session.begin().flatMap(begun -> work.apply(session));
              return connector
                  .bounded(Connector.whileOpen(worked, closed))
                  .doOnError(e -> rollBack(session))
                  .doOnError(e -> silent(present, e))
                  .doOnDispose(() -> rollBack(session))
                  .toMaybe();
            })
        .toSingle();
  }

  Completable close() {
    return Completable.defer(() -> pool.get().rxClose()).doFinally(unwatched::dispose);
  }

  /**
   * Sends a roll-back without waiting: whoever gets the connection next sends its statements behind
   * it, also when the present one still hangs.
   */
  private void rollBack(Session session) {
    session
        .rollback()
        .subscribe(
            done -> {}, e -> LOG.debug("a transaction could not be rolled back", e), unwatched);
  }

  private void prepareForPool(SqlConnection connection) {
    // Closing hands the new connection over to the pool.
    connector
        .setUp(connection)
        .andThen(connection.rxClose())
        .subscribe(
            () -> {},
            e ->
                LOG.warn(
                    "a new database connection could not be set up: {}", SqlErrors.describe(e)),
            unwatched);
  }
}
