package io.porpoise.chaos.check;

import io.porpoise.processes.Deployment;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.mysqlclient.MySQLBuilder;
import io.vertx.rxjava3.sqlclient.Pool;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.sqlclient.PoolOptions;
import java.util.ArrayList;
import java.util.List;

/** The rows, read past all of Porpoise. */
final class DatabaseTraces implements AutoCloseable {
  private static final int SLOTS = 1024;

  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;

  DatabaseTraces(Deployment deployment) {
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

  /**
   * One sentence each.
   *
   * @param instances that were accepted in the project
   * @param masters that are there, as {@code node/incarnation}
   */
  List<String> disorder(String project, int instances, List<String> masters) {
    List<String> found = new ArrayList<>();
    expect(found, 0, "unfinished workflow instances", "workflow_instance WHERE finished = 0");
    expect(found, 0, "commands that nobody has carried out", "command");
    expect(found, 0, "places in serial queues", "serial_queue");
    expect(found, 0, "places in task groups", "task_group_queue");
    expect(
        found,
        0,
        "unfinished task instances (of states SUBMITTED, RUNNING, DELAYED, DISPATCHED)",
        "task_instance WHERE state IN (0, 1, 12, 17)");
    expect(
        found,
        0,
        "tasks with more than one valid attempt",
        "(SELECT 1 FROM task_instance WHERE valid = 1 GROUP BY workflow_instance_id, code"
            + " HAVING COUNT(*) > 1) doubled");
    expect(
        found,
        instances,
        "workflow instances",
        "workflow_instance i JOIN project p ON p.id = i.project_id WHERE p.name = '"
            + project
            + "'");
    int owned = 0;
    for (Row row : rows("SELECT owner, incarnation, COUNT(*) n FROM slot GROUP BY 1, 2")) {
      String owner = row.getString("owner") + "/" + row.getLong("incarnation");
      if (masters.contains(owner)) {
        owned += row.getInteger("n");
      } else {
        found.add("%d slots of %s, who is not there".formatted(row.getInteger("n"), owner));
      }
    }
    if (owned != SLOTS) {
      found.add("%d of %d slots are owned by a master that is there".formatted(owned, SLOTS));
    }
    return found;
  }

  private void expect(List<String> found, int expected, String what, String from) {
    long count = rows("SELECT COUNT(*) n FROM " + from).get(0).getLong("n");
    if (count != expected) {
      found.add("%d %s instead of %d".formatted(count, what, expected));
    }
  }

  private List<Row> rows(String sql) {
    List<Row> rows = new ArrayList<>();
    pool.query(sql).rxExecute().blockingGet().forEach(rows::add);
    return rows;
  }

  @Override
  public void close() {
    pool.rxClose().blockingAwait();
    vertx.rxClose().blockingAwait();
  }
}
