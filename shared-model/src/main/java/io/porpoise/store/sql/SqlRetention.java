package io.porpoise.store.sql;

import static java.util.stream.Collectors.joining;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.InstanceQueries.Position;
import io.porpoise.store.Retention;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Deletions along indexes. An instance is removed under an exclusive lock of its row, and only then
 * it is asked whether a command waits for it: commands are inserted under a shared lock of the same
 * row, so that whoever comes second sees the other.
 */
final class SqlRetention implements Retention {
  private static final String ENDS =
      Stream.of(WorkflowState.SUCCEEDED, WorkflowState.FAILED, WorkflowState.STOPPED)
          .map(state -> Integer.toString(Codes.of(state)))
          .collect(joining(",", "(", ")"));

  static final String PART =
      "SELECT i.id, i.created_at, IF(i.state IN "
          + ENDS
          + " AND i.end_time < ?, (SELECT COUNT(*) FROM task_instance t"
          + " WHERE t.workflow_instance_id = i.id), -1)"
          + " FROM workflow_instance i FORCE INDEX (by_creation)"
          + " WHERE i.created_at < ? AND i.created_at >= ? AND (i.created_at > ? OR i.id > ?)"
          + " ORDER BY i.created_at, i.id LIMIT ?";

  static final String KEYS =
      "DELETE FROM idempotency WHERE created_at < ? ORDER BY created_at LIMIT ?";
  static final String TOKENS = "DELETE FROM token WHERE expires_at < ? ORDER BY expires_at LIMIT ?";

  /** An incarnation without slots can commit nothing, whatever it may still ask. */
  static final String DEAD_JOURNALS =
      "SELECT j.node, j.incarnation, j.shard FROM journal j"
          + " WHERE EXISTS (SELECT 1 FROM journal n WHERE n.node = j.node"
          + " AND n.incarnation > j.incarnation)"
          + " AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.owner = j.node"
          + " AND s.incarnation = j.incarnation) LIMIT ?";

  private final Database database;

  SqlRetention(Database database) {
    this.database = database;
  }

  @Override
  public Single<Part> endedBefore(Instant before, Position after, int limit) {
    Long beforeMicros = Times.micros(before);
    Long afterMicros = Times.micros(after.createdAt());
    return database
        .query(
            PART, beforeMicros, beforeMicros, afterMicros, afterMicros, after.id().value(), limit)
        .map(rows -> part(rows, limit));
  }

  private static Part part(RowSet<Row> rows, int limit) {
    List<Ended> ended = new ArrayList<>();
    Position last = null;
    for (Row row : rows) {
      WorkflowInstanceId id = new WorkflowInstanceId(row.getLong(0));
      last = new Position(Times.instant(row.getLong(1)), id);
      if (row.getInteger(2) >= 0) {
        ended.add(new Ended(id, row.getInteger(2)));
      }
    }
    return new Part(ended, rows.size() < limit ? null : last);
  }

  @Override
  public Single<Integer> remove(Owner owner, Instant before, Collection<WorkflowInstanceId> ids) {
    List<WorkflowInstanceId> wanted =
        ids.stream().filter(id -> owner.epochs().containsKey(id.slot())).sorted().toList();
    if (wanted.isEmpty()) {
      return Single.just(0);
    }
    return database.transaction(
        session ->
            session
                .text(guard(owner, wanted))
                .map(rows -> inSlots(wanted, rows))
                .flatMap(mine -> remaining(session, lock(numbers(mine), before)))
                .flatMap(locked -> remaining(session, unneeded(Statement.numbers(locked))))
                .flatMap(unneeded -> delete(session, unneeded))
                .flatMap(count -> session.commit().map(done -> count)));
  }

  /** As the guard of a batch: who owns the slots stays so until the commit. */
  private static String guard(Owner owner, List<WorkflowInstanceId> ids) {
    String pairs =
        ids.stream()
            .map(WorkflowInstanceId::slot)
            .distinct()
            .map(slot -> "(" + slot + "," + owner.epochs().get(slot) + ")")
            .collect(joining(","));
    return "SELECT slot FROM slot WHERE slot IN ("
        + Statement.numbers(ids.stream().map(WorkflowInstanceId::slot).distinct().toList())
        + ") AND owner = '"
        + owner.node().value()
        + "' AND incarnation = "
        + owner.incarnation()
        + " AND (slot, epoch) IN ("
        + pairs
        + ") LOCK IN SHARE MODE";
  }

  private static List<WorkflowInstanceId> inSlots(
      List<WorkflowInstanceId> ids, RowSet<Row> guarded) {
    List<Integer> slots = guarded.stream().map(row -> row.getInteger(0)).toList();
    return ids.stream().filter(id -> slots.contains(id.slot())).toList();
  }

  static String lock(String numbers, Instant before) {
    return "SELECT id FROM workflow_instance WHERE id IN ("
        + numbers
        + ") AND state IN "
        + ENDS
        + " AND end_time < "
        + Times.micros(before)
        + " ORDER BY id FOR UPDATE";
  }

  static String unneeded(String numbers) {
    return "SELECT i.id FROM workflow_instance i WHERE i.id IN ("
        + numbers
        + ") AND NOT EXISTS (SELECT 1 FROM command c WHERE c.workflow_instance_id = i.id)"
        + " AND NOT EXISTS (SELECT 1 FROM workflow_instance p WHERE p.id = i.parent_instance)"
        + " AND NOT EXISTS (SELECT 1 FROM task_instance t JOIN workflow_instance c"
        + " ON c.parent_task = t.id AND c.finished = 0 WHERE t.workflow_instance_id = i.id)";
  }

  private static Single<List<Long>> remaining(Session session, String select) {
    return session
        .text(select)
        .map(rows -> rows.stream().map(row -> row.getLong(0)).sorted().toList());
  }

  /** One after the other: what is pipelined behind a deadlock would be committed alone. */
  private static Single<Integer> delete(Session session, List<Long> ids) {
    return ids.isEmpty()
        ? Single.just(0)
        : Flowable.fromIterable(deletions(Statement.numbers(ids)))
            .concatMapSingle(session::text)
            .ignoreElements()
            .toSingleDefault(ids.size());
  }

  /** In the order of tables in which batches write. */
  static List<String> deletions(String numbers) {
    String ofThese = " WHERE workflow_instance_id IN (" + numbers + ")";
    return List.of(
        "DELETE FROM workflow_instance WHERE id IN (" + numbers + ")",
        "DELETE p FROM task_instance t STRAIGHT_JOIN task_payload p ON p.task_instance_id = t.id"
            + " WHERE t.workflow_instance_id IN ("
            + numbers
            + ")",
        "DELETE FROM task_instance" + ofThese,
        "DELETE FROM history" + ofThese,
        "DELETE FROM alert" + ofThese);
  }

  @Override
  public Single<Integer> removeExpired(Instant now, int limit) {
    return Single.concat(
            database
                .query(KEYS, Times.micros(now.minus(IdempotencyKeys.TIME_TO_LIVE)), limit)
                .map(RowSet::rowCount),
            database.query(TOKENS, Times.micros(now), limit).map(RowSet::rowCount),
            removeDeadJournals(limit))
        .reduce(0, Integer::sum);
  }

  private Single<Integer> removeDeadJournals(int limit) {
    return database
        .query(DEAD_JOURNALS, limit)
        .flatMapPublisher(Flowable::fromIterable)
        .concatMapSingle(
            row ->
                database.query(
                    "DELETE FROM journal WHERE node = ? AND incarnation = ? AND shard = ?",
                    row.getString(0),
                    row.getLong(1),
                    row.getInteger(2)))
        .count()
        .map(Long::intValue);
  }

  private static String numbers(List<WorkflowInstanceId> ids) {
    return Statement.numbers(ids.stream().map(WorkflowInstanceId::value).toList());
  }
}
