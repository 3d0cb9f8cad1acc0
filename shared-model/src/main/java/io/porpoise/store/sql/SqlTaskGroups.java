package io.porpoise.store.sql;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.TaskGroups;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables task_group and task_group_queue; {@link BatchStatements} makes and deletes places. */
final class SqlTaskGroups implements TaskGroups {
  static final String HELD =
      "SELECT COUNT(*) FROM task_group_queue WHERE task_group = ? AND held = 1";
  static final String NEXT =
      "SELECT workflow_instance_id, task_instance_id FROM task_group_queue"
          + " WHERE task_group = ? AND held = 0"
          + " ORDER BY reverse_priority, first_submit_time, task_instance_id LIMIT ?";
  static final String PLACES =
      "SELECT task_instance_id, held FROM task_group_queue WHERE task_group = ?"
          + " ORDER BY held, reverse_priority, first_submit_time, task_instance_id";

  private static final List<Grant> NONE = List.of();

  private final Database database;

  SqlTaskGroups(Database database) {
    this.database = database;
  }

  /**
   * A slot that is being given up at this moment still counts; its batch is followed by a grant.
   */
  @Override
  public Single<List<Grant>> grant(String group) {
    return database.transaction(
        session ->
            Single.zip(
                    session.query("SELECT size FROM task_group WHERE name = ? FOR UPDATE", group),
                    session.query(HELD, group),
                    SqlTaskGroups::free)
                .flatMap(free -> free > 0 ? next(session, group, free) : Single.just(NONE))
                .flatMap(next -> next.isEmpty() ? Single.just(NONE) : hold(session, next))
                .flatMap(granted -> session.commit().map(done -> granted)));
  }

  private static int free(RowSet<Row> size, RowSet<Row> held) {
    return size.size() == 0
        ? 0
        : size.iterator().next().getInteger(0) - held.iterator().next().getInteger(0);
  }

  private static Single<List<Grant>> next(Session session, String group, int free) {
    return session
        .query(NEXT, group, free)
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Grant(
                                new WorkflowInstanceId(row.getLong(0)),
                                new TaskInstanceId(row.getLong(1))))
                    .toList());
  }

  /** Those that have left meanwhile get nothing. */
  private static Single<List<Grant>> hold(Session session, List<Grant> next) {
    List<TaskInstanceId> tasks = next.stream().map(Grant::task).sorted().toList();
    return Single.zip(
        session.text(holding(numbers(tasks))),
        session.text(held(tasks)),
        (done, held) -> {
          Set<TaskInstanceId> holding = ids(held);
          return next.stream().filter(grant -> holding.contains(grant.task())).toList();
        });
  }

  /** By the primary key: along another index, rows of others would be locked in another order. */
  static String holding(String numbers) {
    return "UPDATE task_group_queue FORCE INDEX (PRIMARY) SET held = 1 WHERE task_instance_id IN ("
        + numbers
        + ")";
  }

  @Override
  public Single<Set<TaskInstanceId>> holding(Collection<TaskInstanceId> tasks) {
    return tasks.isEmpty()
        ? Single.just(Set.of())
        : database.text(held(tasks)).map(SqlTaskGroups::ids);
  }

  private static String held(Collection<TaskInstanceId> tasks) {
    return "SELECT task_instance_id FROM task_group_queue WHERE task_instance_id IN ("
        + numbers(tasks)
        + ") AND held = 1";
  }

  private static String numbers(Collection<TaskInstanceId> tasks) {
    return Statement.numbers(tasks.stream().map(TaskInstanceId::value).toList());
  }

  private static Set<TaskInstanceId> ids(RowSet<Row> rows) {
    return rows.stream().map(row -> new TaskInstanceId(row.getLong(0))).collect(Collectors.toSet());
  }

  @Override
  public Single<Standing> standing(String group) {
    return Single.zip(
        database.query("SELECT size FROM task_group WHERE name = ?", group),
        database.query(PLACES, group),
        (size, places) -> {
          List<TaskInstanceId> waiting = new ArrayList<>();
          for (Row row : places) {
            if (row.getInteger(1) == 0) {
              waiting.add(new TaskInstanceId(row.getLong(0)));
            }
          }
          return new Standing(
              group,
              size.stream().findFirst().map(row -> row.getInteger(0)).orElse(-1),
              places.size() - waiting.size(),
              waiting);
        });
  }

  @Override
  public Single<List<Group>> list() {
    return database
        .query("SELECT name, size, description FROM task_group ORDER BY name")
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Group(row.getString(0), row.getInteger(1), row.getString(2)))
                    .toList());
  }

  @Override
  public Single<Boolean> save(Group group) {
    return update(group).flatMap(isThere -> isThere ? Single.just(false) : insert(group));
  }

  private Single<Boolean> insert(Group group) {
    return database
        .query(
            "INSERT INTO task_group (name, size, description) VALUES (?,?,?)",
            group.name(),
            group.size(),
            group.description())
        .map(done -> true)
        .onErrorResumeNext(
            e ->
                SqlErrors.isDuplicateKey(e)
                    ? update(group).map(isThere -> false)
                    : Single.error(e));
  }

  /** Rows count that were found, also those that were the same before. */
  private Single<Boolean> update(Group group) {
    return database
        .query(
            "UPDATE task_group SET size = ?, description = ? WHERE name = ?",
            group.size(),
            group.description(),
            group.name())
        .map(done -> done.rowCount() > 0);
  }

  @Override
  public Single<Boolean> delete(String name) {
    return database
        .query("DELETE FROM task_group WHERE name = ?", name)
        .map(done -> done.rowCount() > 0);
  }
}
