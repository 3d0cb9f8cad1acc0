package io.porpoise.bench.stage;

import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.mysqlclient.MySQLBuilder;
import io.vertx.rxjava3.sqlclient.Pool;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import io.vertx.sqlclient.PoolOptions;
import java.util.ArrayList;
import java.util.List;

/** What the database says, past all of Porpoise; one connection. */
public final class Rows implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;

  public Rows(String uri, String user, String password) {
    MySQLConnectOptions options =
        MySQLConnectOptions.fromUri(uri)
            .setUser(user)
            .setPassword(password)
            .setCachePreparedStatements(true);
    pool =
        MySQLBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(options)
            .using(vertx)
            .build();
  }

  public RowSet<Row> query(String sql) {
    return pool.query(sql).rxExecute().blockingGet();
  }

  /** Rows changed. */
  public long execute(String sql) {
    return query(sql).rowCount();
  }

  /** The one number that a query gives; NULL counts as 0. */
  public long number(String sql) {
    Long value = query(sql).iterator().next().getLong(0);
    return value == null ? 0 : value;
  }

  public List<Row> list(String sql) {
    List<Row> rows = new ArrayList<>();
    query(sql).forEach(rows::add);
    return rows;
  }

  /** One of the server's counters since its start. */
  public long status(String name) {
    return Long.parseLong(
        query("SHOW GLOBAL STATUS LIKE '" + name + "'").iterator().next().getString(1));
  }

  /** Several statements on one connection, in one transaction. */
  public void transaction(List<String> statements) {
    pool.rxWithTransaction(
            connection ->
                io.reactivex.rxjava3.core.Flowable.fromIterable(statements)
                    .concatMapCompletable(sql -> connection.query(sql).rxExecute().ignoreElement())
                    .toMaybe())
        .blockingSubscribe();
  }

  Pool pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.rxClose().blockingAwait();
    vertx.rxClose().blockingAwait();
  }
}
