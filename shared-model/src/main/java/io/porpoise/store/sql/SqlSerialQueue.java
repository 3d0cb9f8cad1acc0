package io.porpoise.store.sql;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.SerialQueue;
import io.reactivex.rxjava3.core.Maybe;

/** The table serial_queue, as masters read it; {@link SerialArrivals} fills it. */
final class SqlSerialQueue implements SerialQueue {
  static final String FIRST =
      "SELECT workflow_instance_id, ticket FROM serial_queue WHERE workflow_id = ?"
          + " ORDER BY ticket LIMIT 1";

  private final Database database;

  SqlSerialQueue(Database database) {
    this.database = database;
  }

  @Override
  public Maybe<Place> first(long workflowId) {
    return database
        .query(FIRST, workflowId)
        .map(rows -> rows.stream().findFirst())
        .mapOptional(
            row -> row.map(r -> new Place(new WorkflowInstanceId(r.getLong(0)), r.getLong(1))));
  }
}
