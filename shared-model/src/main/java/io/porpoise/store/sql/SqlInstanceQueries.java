package io.porpoise.store.sql;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.InstanceQueries;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What API nodes read. Lists run along one index from where the last page ended, and count nothing.
 */
final class SqlInstanceQueries implements InstanceQueries {
  private final Database database;

  SqlInstanceQueries(Database database) {
    this.database = database;
  }

  /**
   * Names are resolved first, so that the list itself has constants only and the choice of its
   * index is ours (see {@link InstanceListQuery}).
   */
  @Override
  public Single<List<InstanceView>> list(Filter filter) {
    return scope(filter)
        .flatMap(
            scope ->
                scope.isEmpty()
                    ? Single.just(List.of())
                    : run(InstanceListQuery.of(filter, scope.get())));
  }

  @Override
  public Maybe<InstanceView> find(WorkflowInstanceId id) {
    return database
        .query(
            InstanceListQuery.SELECT
                + InstanceListQuery.TABLE
                + InstanceListQuery.JOINS
                + " WHERE i.id = ?",
            id.value())
        .flatMapMaybe(rows -> first(rows).map(row -> Maybe.just(view(row))).orElse(Maybe.empty()));
  }

  @Override
  public Single<List<InstanceView>> find(Collection<WorkflowInstanceId> ids) {
    return database
        .text(
            InstanceListQuery.SELECT
                + InstanceListQuery.TABLE
                + InstanceListQuery.JOINS
                + " WHERE i.id IN ("
                + Statement.numbers(ids.stream().map(WorkflowInstanceId::value).toList())
                + ")")
        .map(rows -> rows.stream().map(SqlInstanceQueries::view).toList());
  }

  @Override
  public Single<List<TaskInstance>> tasks(WorkflowInstanceId id, boolean allAttempts) {
    return database
        .query(
            TaskInstanceRows.SELECT
                + "WHERE t.workflow_instance_id = ?"
                + (allAttempts ? "" : " AND t.valid = 1")
                + " ORDER BY t.id",
            id.value())
        .map(rows -> rows.stream().map(TaskInstanceRows::read).toList());
  }

  @Override
  public Maybe<TaskInstance> task(TaskInstanceId id) {
    return database
        .query(TaskInstanceRows.SELECT + "WHERE t.id = ?", id.value())
        .flatMapMaybe(
            rows ->
                first(rows)
                    .map(row -> Maybe.just(TaskInstanceRows.read(row)))
                    .orElse(Maybe.empty()));
  }

  @Override
  public Single<List<HistoryRow>> history(WorkflowInstanceId id, long after, int limit) {
    return database
        .query(
            "SELECT number, entries FROM history WHERE workflow_instance_id = ? AND number > ?"
                + " ORDER BY number LIMIT ?",
            id.value(),
            after,
            limit)
        .map(
            rows ->
                rows.stream()
                    .map(row -> new HistoryRow(row.getLong(0), Documents.history(row.getBuffer(1))))
                    .toList());
  }

  /** Empty when a name in the filter means nothing. */
  private Single<Optional<InstanceListQuery.Scope>> scope(Filter filter) {
    if (filter.project() == null && filter.workflow() == null) {
      return Single.just(Optional.of(InstanceListQuery.Scope.ALL));
    }
    if (filter.workflow() == null) {
      return database
          .query("SELECT id FROM project WHERE name = ?", filter.project())
          .map(rows -> first(rows).map(row -> InstanceListQuery.Scope.project(row.getLong(0))));
    }
    Single<RowSet<Row>> workflows =
        filter.project() == null
            ? database.query("SELECT id FROM workflow WHERE name = ?", filter.workflow())
            : database.query(
                "SELECT w.id FROM workflow w JOIN project p ON p.id = w.project_id"
                    + " WHERE w.name = ? AND p.name = ?",
                filter.workflow(),
                filter.project());
    return workflows
        .map(rows -> rows.stream().map(row -> row.getLong(0)).toList())
        .map(
            ids ->
                ids.isEmpty()
                    ? Optional.empty()
                    : Optional.of(InstanceListQuery.Scope.workflows(ids)));
  }

  private Single<List<InstanceView>> run(Statement statement) {
    return database
        .execute(statement)
        .map(rows -> rows.stream().map(SqlInstanceQueries::view).toList());
  }

  private static InstanceView view(Row row) {
    String owner = row.getString("owner");
    return new InstanceView(
        WorkflowInstanceRows.read(row),
        row.getString("project_name"),
        row.getString("workflow_name"),
        owner == null ? null : new NodeId(owner));
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return rows.stream().findFirst();
  }
}
