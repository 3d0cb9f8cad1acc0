package io.porpoise.store.sql;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.SerialRule;
import io.porpoise.instance.SerialRule.Arrival;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Arrivals;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.Accepted;
import io.porpoise.store.InstanceIntake.Discarded;
import io.porpoise.store.InstanceIntake.Recorded;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceIntake.WishOutcome;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Arrivals at the queues of serial definitions, each in one transaction, which locks the row of the
 * definition first: so the order of the tickets is the order of the commits. Who is in the queue is
 * read only after the lock is there.
 *
 * <p>A place that a batch gives up at this moment still counts. That batch is followed by a look at
 * the queue, and this arrival by a look at its instance: whoever comes last sees both.
 */
final class SerialArrivals {
  /** An instance that is in the queue by an earlier command is not in its own way. */
  static final String FIRST_OTHER =
      "SELECT workflow_instance_id FROM serial_queue"
          + " WHERE workflow_id = ? AND workflow_instance_id <> ? ORDER BY ticket LIMIT 1";

  /** Not of those whose last command is a stop anyway: else many arrivals would be too many. */
  private static final String STOP_OTHERS =
      "INSERT INTO command (slot, type, workflow_instance_id, actor, created_at)"
          + " SELECT DISTINCT i.slot, ?, i.id, ?, "
          + Times.NOW
          + " FROM serial_queue q JOIN workflow_instance i ON i.id = q.workflow_instance_id"
          + " WHERE q.workflow_id = ? AND i.id <> ? AND NOT (?"
          + " <=> (SELECT c.type FROM command c WHERE c.workflow_instance_id = i.id"
          + " ORDER BY c.id DESC LIMIT 1)) ORDER BY i.id";

  private static final String OTHERS =
      "SELECT workflow_instance_id FROM serial_queue"
          + " WHERE workflow_id = ? AND workflow_instance_id <> ? ORDER BY ticket";

  private final Database database;

  SerialArrivals(Database database) {
    this.database = database;
  }

  Single<Accepted> start(Start start) {
    return database.transaction(
        session ->
            named(session, start)
                .flatMap(
                    named ->
                        named.equals(start.id())
                            ? arrive(session, start)
                            : session
                                .execute(SqlInstanceIntake.byId(named))
                                .map(rows -> new Accepted(SqlInstanceIntake.read(rows), false)))
                .flatMap(accepted -> session.commit().map(done -> accepted)));
  }

  /** Who stands for this start by its key; itself when it has none. */
  private static Single<WorkflowInstanceId> named(Session session, Start start) {
    return start.idempotencyKey() == null
        ? Single.just(start.id())
        : Single.zip(
            session.execute(IdempotencyKeys.take(start)),
            session.execute(IdempotencyKeys.named(start)),
            (taken, named) -> IdempotencyKeys.read(named));
  }

  private static Single<Accepted> arrive(Session session, Start start) {
    return Single.zip(
            lock(session, start.workflowId()),
            session.execute(SqlInstanceIntake.former(start)),
            firstOther(session, start.workflowId(), start.id()),
            (locked, former, other) ->
                former.size() > 0
                    ? Single.just(SqlInstanceIntake.accepted(start, SqlInstanceIntake.read(former)))
                    : arrive(session, start, other))
        .flatMap(accepted -> accepted);
  }

  private static Single<Accepted> arrive(
      Session session, Start start, Optional<WorkflowInstanceId> other) {
    Arrival arrival = SerialRule.onArrival(start.executionType(), other.isPresent());
    return enter(session, arrival, start.workflowId(), start.id())
        .flatMap(
            ticket -> {
              WorkflowInstance instance =
                  Arrivals.instance(start, arrival, ticket, other.orElse(null));
              return session
                  .execute(SqlInstanceIntake.insertion(instance))
                  .flatMap(done -> stopOthers(session, arrival, start.workflowId(), start.id()))
                  .map(stopped -> new Accepted(instance, true, stopped));
            });
  }

  /** A resume, recovery or rerun of an instance of this definition. */
  Single<WishOutcome> command(Wish wish, long workflowId, ExecutionType type) {
    return database.transaction(
        session ->
            Single.zip(
                    lock(session, workflowId),
                    firstOther(session, workflowId, wish.instance()),
                    (locked, other) -> other)
                .flatMap(
                    other -> {
                      Arrival arrival = SerialRule.onArrival(type, other.isPresent());
                      return arrival == Arrival.DISCARD
                          ? Single.just(new Discarded(other.orElseThrow()))
                          : record(session, wish, workflowId, arrival);
                    })
                .flatMap(outcome -> session.commit().map(done -> outcome)));
  }

  private static Single<WishOutcome> record(
      Session session, Wish wish, long workflowId, Arrival arrival) {
    return enter(session, arrival, workflowId, wish.instance())
        .flatMap(ticket -> session.execute(SqlInstanceIntake.insertion(wish, ticket)))
        .map(done -> done.property(SqlInstanceIntake.LAST_INSERTED_ID))
        .flatMap(
            id ->
                stopOthers(session, arrival, workflowId, wish.instance())
                    .map(stopped -> new Recorded(id, stopped)));
  }

  private static Single<RowSet<Row>> lock(Session session, long workflowId) {
    return session
        .query("SELECT id FROM workflow WHERE id = ? FOR UPDATE", workflowId)
        .doOnSuccess(
            rows -> {
              if (rows.size() == 0) {
                throw new NoSuchElementException("there is no workflow " + workflowId);
              }
            });
  }

  private static Single<Optional<WorkflowInstanceId>> firstOther(
      Session session, long workflowId, WorkflowInstanceId self) {
    return session
        .query(FIRST_OTHER, workflowId, self.value())
        .map(rows -> rows.stream().findFirst())
        .map(first -> first.map(row -> new WorkflowInstanceId(row.getLong(0))));
  }

  private static Single<Long> enter(
      Session session, Arrival arrival, long workflowId, WorkflowInstanceId id) {
    return switch (arrival) {
      case START_FREELY, DISCARD -> Single.just(0L);
      case START_AS_FIRST, WAIT, STOP_OTHERS_AND_WAIT ->
          session
              .query(
                  "INSERT INTO serial_queue (workflow_id, workflow_instance_id) VALUES (?,?)",
                  workflowId,
                  id.value())
              .map(done -> done.property(SqlInstanceIntake.LAST_INSERTED_ID));
    };
  }

  /** Emits who is to be stopped, or is already. */
  private static Single<List<WorkflowInstanceId>> stopOthers(
      Session session, Arrival arrival, long workflowId, WorkflowInstanceId newest) {
    return arrival == Arrival.STOP_OTHERS_AND_WAIT
        ? session
            .query(
                STOP_OTHERS,
                Codes.of(Command.Type.STOP),
                Arrivals.stopActor(newest),
                workflowId,
                newest.value(),
                Codes.of(Command.Type.STOP))
            .flatMap(done -> session.query(OTHERS, workflowId, newest.value()))
            .map(rows -> rows.stream().map(row -> new WorkflowInstanceId(row.getLong(0))).toList())
        : Single.just(List.of());
  }
}
