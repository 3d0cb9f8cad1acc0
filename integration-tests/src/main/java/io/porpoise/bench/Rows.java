package io.porpoise.bench;

import io.porpoise.processes.Deployment;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.mysqlclient.MySQLBuilder;
import io.vertx.rxjava3.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** What the database says, past all of Porpoise. */
final class Rows implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;

  Rows(Deployment deployment) {
    MySQLConnectOptions options =
        MySQLConnectOptions.fromUri(deployment.databaseUri())
            .setUser(deployment.databaseUser())
            .setPassword(deployment.databasePassword());
    pool =
        MySQLBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(options)
            .using(vertx)
            .build();
  }

  /** Unfinished instances that a master has begun with. */
  int begun() {
    return count("workflow_instance WHERE finished = 0 AND start_time IS NOT NULL");
  }

  int ownedBy(String master) {
    return count("slot WHERE owner = '" + master + "'");
  }

  int free() {
    return count("slot WHERE owner IS NULL");
  }

  int instancesOf(String master) {
    return count(
        "workflow_instance i JOIN slot s ON s.slot = i.slot WHERE i.finished = 0 AND s.owner = '"
            + master
            + "'");
  }

  private int count(String from) {
    return pool.query("SELECT COUNT(*) FROM " + from)
        .rxExecute()
        .map(rows -> rows.iterator().next().getInteger(0))
        .blockingGet();
  }

  @Override
  public void close() {
    pool.rxClose().blockingAwait();
    vertx.rxClose().blockingAwait();
  }
}
