package io.porpoise.store.sql;

import io.porpoise.store.InstanceQueries.Filter;
import io.vertx.rxjava3.sqlclient.Tuple;
import java.util.List;

/**
 * The list of instances as one statement that walks one index in its order. The index is named in
 * the statement: the optimizer's guess depends on its statistics, and a wrong one sorts millions of
 * rows.
 */
final class InstanceListQuery {
  static final String SELECT =
      "SELECT STRAIGHT_JOIN i.*, p.name AS project_name, w.name AS workflow_name, s.owner"
          + " FROM workflow_instance i ";
  static final String JOINS =
      " LEFT JOIN project p ON p.id = i.project_id LEFT JOIN workflow w ON w.id = i.workflow_id"
          + " LEFT JOIN slot s ON s.slot = i.slot";

  private InstanceListQuery() {}

  /**
   * Which instances, by the ids of what owns them.
   *
   * @param projectId null: of any project
   * @param workflowIds empty: of any workflow
   */
  record Scope(Long projectId, List<Long> workflowIds) {
    static final Scope ALL = new Scope(null, List.of());

    static Scope project(long id) {
      return new Scope(id, List.of());
    }

    static Scope workflows(List<Long> ids) {
      return new Scope(null, ids);
    }

    /** The most selective index that still has the order. */
    private String index(Filter filter) {
      if (workflowIds.size() == 1) {
        return "by_workflow";
      }
      if (projectId != null) {
        return "by_project";
      }
      return filter.state() != null && workflowIds.isEmpty() ? "by_state" : "by_creation";
    }
  }

  static Statement of(Filter filter, Scope scope) {
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    Tuple values = Tuple.tuple();
    if (scope.workflowIds().size() == 1) {
      where.append(" AND i.workflow_id = ?");
      values.addValue(scope.workflowIds().get(0));
    } else if (!scope.workflowIds().isEmpty()) {
      // As many ids as projects have a workflow of that name: seldom the same text twice.
      where.append(" AND i.workflow_id IN (" + Statement.numbers(scope.workflowIds()) + ")");
    }
    if (scope.projectId() != null) {
      where.append(" AND i.project_id = ?");
      values.addValue(scope.projectId());
    }
    if (filter.state() != null) {
      where.append(" AND i.state = ?");
      values.addValue(Codes.of(filter.state()));
    }
    if (filter.from() != null) {
      where.append(" AND i.created_at >= ?");
      values.addValue(Times.micros(filter.from()));
    }
    if (filter.to() != null) {
      where.append(" AND i.created_at < ?");
      values.addValue(Times.micros(filter.to()));
    }
    if (filter.before() != null) {
      // In this form, unlike as a comparison of pairs, the first half is a range of the index.
      where.append(" AND i.created_at <= ? AND (i.created_at < ? OR i.id < ?)");
      Long micros = Times.micros(filter.before().createdAt());
      values.addValue(micros);
      values.addValue(micros);
      values.addValue(filter.before().id().value());
    }
    values.addValue(filter.limit());
    return new Statement(
        SELECT
            + "FORCE INDEX ("
            + scope.index(filter)
            + ")"
            + JOINS
            + where
            + " ORDER BY i.created_at DESC, i.id DESC LIMIT ?",
        values);
  }
}
