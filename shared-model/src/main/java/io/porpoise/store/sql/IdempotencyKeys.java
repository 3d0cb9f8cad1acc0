package io.porpoise.store.sql;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.InstanceIntake.Start;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.time.Duration;

/** The table idempotency: which instance stands for the starts of a user with the same key. */
final class IdempotencyKeys {
  static final Duration TIME_TO_LIVE = Duration.ofHours(24);

  /** To be completed with conditions; its values are the user and the key. */
  static final String OF_KEY = " FROM idempotency WHERE user_id = ? AND idempotency_key = ?";

  // The assignments run from left to right, so the id must be decided before the time changes.
  private static final String TAKE =
      "INSERT INTO idempotency (user_id, idempotency_key, workflow_instance_id, created_at)"
          + " VALUES (?,?,?,?) ON DUPLICATE KEY UPDATE"
          + " workflow_instance_id = IF(created_at < ?, VALUES(workflow_instance_id),"
          + " workflow_instance_id),"
          + " created_at = IF(created_at < ?, VALUES(created_at), created_at)";

  private IdempotencyKeys() {}

  /** Makes the key name this start unless it names another, and locks it. */
  static Statement take(Start start) {
    Long expired = Times.micros(start.at().minus(TIME_TO_LIVE));
    return new Statement(
        TAKE,
        Statement.tuple(
            start.userId(),
            start.idempotencyKey(),
            start.id().value(),
            Times.micros(start.at()),
            expired,
            expired));
  }

  /** Whom the key names. */
  static Statement named(Start start) {
    return new Statement(
        "SELECT workflow_instance_id" + OF_KEY,
        Statement.tuple(start.userId(), start.idempotencyKey()));
  }

  static WorkflowInstanceId read(RowSet<Row> named) {
    return new WorkflowInstanceId(named.iterator().next().getLong(0));
  }
}
