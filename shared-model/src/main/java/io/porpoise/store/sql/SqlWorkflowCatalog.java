package io.porpoise.store.sql;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.WorkflowCatalog;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import java.util.List;
import java.util.Locale;

/** The tables workflow, workflow_version and workflow_layout, to be read by people. */
final class SqlWorkflowCatalog implements WorkflowCatalog {
  /** The last instance of each line costs one look at the end of an index. */
  static final String LIST =
      "SELECT t.*, l.state AS last_state, l.created_at AS last_created, l.start_time AS last_start,"
          + " l.end_time AS last_end FROM ("
          + SqlWorkflows.COLUMNS
          + ", (SELECT i.id FROM workflow_instance i FORCE INDEX (by_workflow)"
          + " WHERE i.workflow_id = w.id ORDER BY i.created_at DESC, i.id DESC LIMIT 1) AS last_id"
          + SqlWorkflows.TABLES
          + "WHERE w.project_id = ? AND w.name > ? AND INSTR(LOWER(w.name), ?) > 0"
          + " ORDER BY w.name LIMIT ?) t"
          + " LEFT JOIN workflow_instance l ON l.id = t.last_id ORDER BY t.name";

  static final String VERSIONS =
      "SELECT version, created_by, created_at FROM workflow_version"
          + " WHERE workflow_id = ? AND version < ? ORDER BY version DESC LIMIT ?";

  private final Database database;

  SqlWorkflowCatalog(Database database) {
    this.database = database;
  }

  @Override
  public Single<List<Entry>> list(long projectId, String search, String after, int limit) {
    return database
        .query(LIST, projectId, after, search.toLowerCase(Locale.ROOT), limit)
        .map(rows -> rows.stream().map(SqlWorkflowCatalog::entry).toList());
  }

  private static Entry entry(Row row) {
    Long id = row.getLong("last_id");
    LastInstance last =
        id == null || row.getInteger("last_state") == null
            ? null
            : new LastInstance(
                new WorkflowInstanceId(id),
                Codes.workflowState(row.getInteger("last_state")),
                Times.instant(row.getLong("last_created")),
                Times.instant(row.getLong("last_start")),
                Times.instant(row.getLong("last_end")));
    return new Entry(SqlWorkflows.read(row), last);
  }

  @Override
  public Single<List<SavedVersion>> versions(long workflowId, int before, int limit) {
    return database
        .query(VERSIONS, workflowId, before, limit)
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new SavedVersion(
                                row.getInteger(0), row.getString(1), Times.instant(row.getLong(2))))
                    .toList());
  }

  @Override
  public Maybe<Layout> layout(long workflowId) {
    return database
        .query(
            "SELECT layout, updated_by, updated_at FROM workflow_layout WHERE workflow_id = ?",
            workflowId)
        .flatMapMaybe(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            Maybe.just(
                                new Layout(
                                    Documents.text(row.getBuffer(0)),
                                    row.getString(1),
                                    Times.instant(row.getLong(2)))))
                    .orElse(Maybe.empty()));
  }

  @Override
  public Completable saveLayout(long workflowId, Layout layout) {
    return database
        .query(
            "REPLACE INTO workflow_layout (workflow_id, layout, updated_by, updated_at)"
                + " VALUES (?,?,?,?)",
            workflowId,
            Documents.ofText(layout.positions()),
            layout.updatedBy(),
            Times.micros(layout.updatedAt()))
        .ignoreElement();
  }
}
