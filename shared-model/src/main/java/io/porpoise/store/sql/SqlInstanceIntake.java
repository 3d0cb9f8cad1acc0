package io.porpoise.store.sql;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.SerialRule.Arrival;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Arrivals;
import io.porpoise.store.InstanceIntake;
import io.reactivex.rxjava3.core.Single;
import io.vertx.mysqlclient.MySQLClient;
import io.vertx.rxjava3.sqlclient.PropertyKind;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Inserts of starts and commands. An instance without a key is one statement, with a key two round
 * trips; what has to do with the queue of a serial definition is for {@link SerialArrivals}.
 */
final class SqlInstanceIntake implements InstanceIntake {
  static final PropertyKind<Long> LAST_INSERTED_ID =
      PropertyKind.newInstance(MySQLClient.LAST_INSERTED_ID);

  private static final String INSERT =
      "INSERT INTO workflow_instance (" + WorkflowInstanceRows.COLUMNS + ") ";
  private static final String SELECT =
      "SELECT " + WorkflowInstanceRows.COLUMNS + " FROM workflow_instance ";
  private static final String INSERT_COMMAND =
      "INSERT INTO command"
          + " (slot, type, workflow_instance_id, task_instance_id, ticket, round, actor, created_at)"
          + " SELECT slot, ?, id, ?, ?, ?, ?, "
          + Times.NOW
          // Whoever removes the instance sees the command, or the command finds nothing.
          + " FROM workflow_instance WHERE id = ? LOCK IN SHARE MODE";

  private static final String DEFINITION =
      "SELECT w.id, w.execution_type FROM workflow_instance i"
          + " JOIN workflow w ON w.id = i.workflow_id WHERE i.id = ?";

  private final Database database;
  private final SerialArrivals serial;

  SqlInstanceIntake(Database database) {
    this.database = database;
    this.serial = new SerialArrivals(database);
  }

  @Override
  public Single<Accepted> start(Start start) {
    if (start.executionType() != ExecutionType.PARALLEL) {
      return serial.start(start);
    }
    return start.idempotencyKey() == null ? insert(start) : insertUnderKey(start);
  }

  @Override
  public Single<WishOutcome> command(Wish wish) {
    return Arrivals.isArrival(wish) ? arrive(wish) : record(wish);
  }

  private Single<WishOutcome> record(Wish wish) {
    return database
        .execute(insertion(wish, 0))
        .map(
            done ->
                done.rowCount() == 0
                    ? new NoInstance()
                    : new Recorded(done.property(LAST_INSERTED_ID)));
  }

  private Single<WishOutcome> arrive(Wish wish) {
    return database
        .query(DEFINITION, wish.instance().value())
        .flatMap(
            rows ->
                rows.size() == 0
                    ? Single.just(new NoInstance())
                    : arrive(wish, rows.iterator().next()));
  }

  private Single<WishOutcome> arrive(Wish wish, Row definition) {
    ExecutionType type = Codes.executionType(definition.getInteger(1));
    return type == ExecutionType.PARALLEL
        ? record(wish)
        : serial.command(wish, definition.getLong(0), type);
  }

  private Single<Accepted> insert(Start start) {
    WorkflowInstance instance = Arrivals.instance(start, Arrival.START_FREELY, 0, null);
    return database
        .execute(insertion(instance))
        .map(done -> new Accepted(instance, true))
        .onErrorResumeNext(
            e ->
                SqlErrors.isDuplicateKey(e)
                    ? database.execute(former(start)).map(rows -> accepted(start, read(rows)))
                    : Single.error(e));
  }

  /**
   * Takes the key, inserts the instance if the key now names it, and reads whom it names: sent at
   * once. Should a deadlock undo the first, the second finds nothing to insert (see {@link
   * Database#transaction}). A second start with the key waits for the row lock of the first.
   */
  private Single<Accepted> insertUnderKey(Start start) {
    WorkflowInstance instance = Arrivals.instance(start, Arrival.START_FREELY, 0, null);
    long id = start.id().value();
    List<Object> insertion = new ArrayList<>(Arrays.asList(WorkflowInstanceRows.values(instance)));
    insertion.addAll(List.of(start.userId(), start.idempotencyKey(), id, id));
    return database
        .transaction(
            session ->
                Single.zip(
                        session.execute(IdempotencyKeys.take(start)),
                        session.query(
                            INSERT
                                + "SELECT "
                                + WorkflowInstanceRows.PLACEHOLDERS
                                + IdempotencyKeys.OF_KEY
                                + " AND workflow_instance_id = ?"
                                + " AND NOT EXISTS (SELECT 1 FROM workflow_instance WHERE id = ?)",
                            insertion.toArray()),
                        session.execute(IdempotencyKeys.named(start)),
                        (key, inserted, named) -> IdempotencyKeys.read(named))
                    .flatMap(named -> session.commit().map(done -> named)))
        .flatMap(
            named ->
                named.equals(start.id())
                    ? Single.just(new Accepted(instance, true))
                    : database.execute(byId(named)).map(rows -> new Accepted(read(rows), false)));
  }

  static Statement insertion(WorkflowInstance instance) {
    return new Statement(
        INSERT + "VALUES (" + WorkflowInstanceRows.PLACEHOLDERS + ")",
        Statement.tuple(WorkflowInstanceRows.values(instance)));
  }

  static Statement insertion(Wish wish, long ticket) {
    return new Statement(
        INSERT_COMMAND,
        Statement.tuple(
            Codes.of(wish.type()),
            wish.taskInstance() == null ? null : wish.taskInstance().value(),
            ticket,
            wish.round(),
            wish.actor(),
            wish.instance().value()));
  }

  /**
   * The instance of a former try of this start, if there is one. Ids are given out once, so the row
   * with its id is this start's; a child of the same attempt may have another id.
   */
  static Statement former(Start start) {
    return start.parent() == null
        ? byId(start.id())
        : new Statement(
            SELECT + "WHERE parent_task = ?", Statement.tuple(start.parent().task().value()));
  }

  static Statement byId(WorkflowInstanceId id) {
    return new Statement(SELECT + "WHERE id = ?", Statement.tuple(id.value()));
  }

  static WorkflowInstance read(RowSet<Row> rows) {
    return WorkflowInstanceRows.read(rows.iterator().next());
  }

  static Accepted accepted(Start start, WorkflowInstance found) {
    return new Accepted(found, found.id().equals(start.id()));
  }
}
