package io.porpoise.store.sql;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake;
import io.reactivex.rxjava3.core.Single;
import io.vertx.mysqlclient.MySQLClient;
import io.vertx.rxjava3.sqlclient.PropertyKind;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/** Inserts of API nodes: an instance without a key is one statement, with a key two round trips. */
final class SqlInstanceIntake implements InstanceIntake {
  private static final Duration KEY_TIME_TO_LIVE = Duration.ofHours(24);
  private static final PropertyKind<Long> LAST_INSERTED_ID =
      PropertyKind.newInstance(MySQLClient.LAST_INSERTED_ID);

  private static final String INSERT =
      "INSERT INTO workflow_instance (" + WorkflowInstanceRows.COLUMNS + ") ";

  // The assignments run from left to right, so the id must be decided before the time changes.
  private static final String TAKE_KEY =
      "INSERT INTO idempotency (user_id, idempotency_key, workflow_instance_id, created_at)"
          + " VALUES (?,?,?,?) ON DUPLICATE KEY UPDATE"
          + " workflow_instance_id = IF(created_at < ?, VALUES(workflow_instance_id),"
          + " workflow_instance_id),"
          + " created_at = IF(created_at < ?, VALUES(created_at), created_at)";

  private static final String OF_KEY =
      " FROM idempotency WHERE user_id = ? AND idempotency_key = ?";

  private final Database database;

  SqlInstanceIntake(Database database) {
    this.database = database;
  }

  @Override
  public Single<Accepted> start(Start start) {
    return start.idempotencyKey() == null ? insert(start) : insertUnderKey(start);
  }

  @Override
  public Single<Long> command(
      WorkflowInstanceId instance, Command.Type type, TaskInstanceId taskInstance, String actor) {
    return database
        .query(
            "INSERT INTO command"
                + " (slot, type, workflow_instance_id, task_instance_id, actor, created_at)"
                + " SELECT slot, ?, id, ?, ?, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)"
                + " FROM workflow_instance WHERE id = ?",
            Codes.of(type),
            taskInstance == null ? null : taskInstance.value(),
            actor,
            instance.value())
        .map(
            done -> {
              if (done.rowCount() == 0) {
                throw new NoSuchElementException("no workflow instance " + instance);
              }
              return done.property(LAST_INSERTED_ID);
            });
  }

  private Single<Accepted> insert(Start start) {
    WorkflowInstance instance = instance(start);
    return database
        .query(
            INSERT + "VALUES (" + WorkflowInstanceRows.PLACEHOLDERS + ")",
            WorkflowInstanceRows.values(instance))
        .map(done -> new Accepted(instance, true))
        .onErrorResumeNext(
            e ->
                // Ids are given out once, so the row that is there is this start's, from a former
                // try
                // whose reply was lost.
                SqlErrors.isDuplicateKey(e)
                    ? load(start.id().value()).map(found -> new Accepted(found, true))
                    : Single.error(e));
  }

  /**
   * Takes the key, inserts the instance if the key now names it, and reads whom it names: sent at
   * once. Should a deadlock undo the first, the second finds nothing to insert (see {@link
   * Database#transaction}). A second start with the key waits for the row lock of the first.
   */
  private Single<Accepted> insertUnderKey(Start start) {
    WorkflowInstance instance = instance(start);
    long id = start.id().value();
    Long expired = Times.micros(start.at().minus(KEY_TIME_TO_LIVE));
    List<Object> insertion = new ArrayList<>(Arrays.asList(WorkflowInstanceRows.values(instance)));
    insertion.addAll(List.of(start.userId(), start.idempotencyKey(), id, id));
    return database
        .transaction(
            session ->
                Single.zip(
                        session.query(
                            TAKE_KEY,
                            start.userId(),
                            start.idempotencyKey(),
                            id,
                            Times.micros(start.at()),
                            expired,
                            expired),
                        session.query(
                            INSERT
                                + "SELECT "
                                + WorkflowInstanceRows.PLACEHOLDERS
                                + OF_KEY
                                + " AND workflow_instance_id = ?"
                                + " AND NOT EXISTS (SELECT 1 FROM workflow_instance WHERE id = ?)",
                            insertion.toArray()),
                        session.query(
                            "SELECT workflow_instance_id" + OF_KEY,
                            start.userId(),
                            start.idempotencyKey()),
                        (key, inserted, named) -> only(named).getLong(0))
                    .flatMap(named -> session.commit().map(done -> named)))
        .flatMap(
            named ->
                named == id
                    ? Single.just(new Accepted(instance, true))
                    : load(named).map(former -> new Accepted(former, false)));
  }

  private Single<WorkflowInstance> load(long id) {
    return database
        .query(
            "SELECT " + WorkflowInstanceRows.COLUMNS + " FROM workflow_instance WHERE id = ?", id)
        .map(rows -> WorkflowInstanceRows.read(only(rows)));
  }

  private static Row only(RowSet<Row> rows) {
    return rows.iterator().next();
  }

  private static WorkflowInstance instance(Start start) {
    return WorkflowInstance.submitted(
        start.id(),
        start.projectId(),
        start.workflowId(),
        start.version(),
        start.options(),
        start.userName(),
        start.at());
  }
}
