package io.porpoise.bench.limit;

import io.porpoise.bench.stage.Samples;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.mysqlclient.MySQLBuilder;
import io.vertx.rxjava3.sqlclient.Pool;
import io.vertx.rxjava3.sqlclient.Tuple;
import io.vertx.sqlclient.PoolOptions;

/** A plain client of a database, on one connection, with a table of its own. */
public final class PlainClient implements AutoCloseable {
  private static final int ROWS_PER_STATEMENT = 500;
  private static final String TABLE = "bench_plain";

  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;

  public PlainClient(String uri, String user, String password) {
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
    run("DROP TABLE IF EXISTS " + TABLE);
    run("CREATE TABLE " + TABLE + " (id INT PRIMARY KEY, v INT, t VARCHAR(100)) ENGINE = InnoDB");
  }

  /** Milliseconds of one durable commit of a single row. */
  public Samples commitMillis(int count) {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long started = System.nanoTime();
      pool.preparedQuery("REPLACE INTO " + TABLE + " VALUES (-1, ?, '')")
          .rxExecute(Tuple.of(i))
          .ignoreElement()
          .blockingAwait();
      millis[i] = (System.nanoTime() - started) / 1e6;
    }
    return new Samples(millis);
  }

  /** Rows per second in durable commits of 500 rows each. */
  public double rowsPerSecond(int statements) {
    String row = "(?, ?, ?)";
    String sql =
        "INSERT INTO " + TABLE + " VALUES " + (row + ", ").repeat(ROWS_PER_STATEMENT - 1) + row;
    String text = "x".repeat(60);
    run("DELETE FROM " + TABLE);
    long started = System.nanoTime();
    for (int i = 0; i < statements; i++) {
      Tuple values = Tuple.tuple();
      for (int k = 0; k < ROWS_PER_STATEMENT; k++) {
        values.addInteger(i * ROWS_PER_STATEMENT + k).addInteger(k).addString(text);
      }
      pool.preparedQuery(sql).rxExecute(values).ignoreElement().blockingAwait();
    }
    return statements * ROWS_PER_STATEMENT / ((System.nanoTime() - started) / 1e9);
  }

  private void run(String sql) {
    pool.query(sql).rxExecute().ignoreElement().blockingAwait();
  }

  @Override
  public void close() {
    run("DROP TABLE " + TABLE);
    pool.rxClose().blockingAwait();
    vertx.rxClose().blockingAwait();
  }
}
