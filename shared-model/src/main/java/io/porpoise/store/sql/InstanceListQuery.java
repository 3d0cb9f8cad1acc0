package io.porpoise.store.sql;

import io.porpoise.store.InstanceQueries.Filter;
import io.vertx.rxjava3.sqlclient.Tuple;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The list of instances as one statement that walks an index in its order, and reads no more of it
 * than it shows. The index is named in the statement: the optimizer's guess depends on its
 * statistics, and a wrong one sorts millions of rows.
 */
final class InstanceListQuery {
  static final String SELECT =
      "SELECT STRAIGHT_JOIN i.*, p.name AS project_name, w.name AS workflow_name, s.owner FROM ";
  static final String TABLE = "workflow_instance i ";
  static final String JOINS =
      " LEFT JOIN project p ON p.id = i.project_id LEFT JOIN workflow w ON w.id = i.workflow_id"
          + " LEFT JOIN slot s ON s.slot = i.slot";
  private static final String NEWEST_FIRST = " ORDER BY i.created_at DESC, i.id DESC";

  private InstanceListQuery() {}

  /**
   * Which instances, by the ids of what owns them.
   *
   * @param projectId null: of any project
   * @param workflowIds empty: of any workflow; several: those of one name in several projects
   */
  record Scope(Long projectId, List<Long> workflowIds) {
    static final Scope ALL = new Scope(null, List.of());

    static Scope project(long id) {
      return new Scope(id, List.of());
    }

    static Scope workflows(List<Long> ids) {
      return new Scope(null, ids);
    }

    /** The one that has just what is asked for, in the order of the list. */
    private String index(Filter filter) {
      boolean isOfState = filter.state() != null;
      if (!workflowIds.isEmpty()) {
        return isOfState ? "by_workflow_state" : "by_workflow";
      }
      if (projectId != null) {
        return isOfState ? "by_project_state" : "by_project";
      }
      return isOfState ? "by_state" : "by_creation";
    }
  }

  static Statement of(Filter filter, Scope scope) {
    String indexed = TABLE + "FORCE INDEX (" + scope.index(filter) + ")";
    return scope.workflowIds().size() > 1
        ? ofSeveral(filter, scope, indexed)
        : ofOne(filter, scope, indexed);
  }

  private static Statement ofOne(Filter filter, Scope scope, String indexed) {
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    Tuple values = Tuple.tuple();
    if (!scope.workflowIds().isEmpty()) {
      where.append(" AND i.workflow_id = ?");
      values.addValue(scope.workflowIds().get(0));
    }
    if (scope.projectId() != null) {
      where.append(" AND i.project_id = ?");
      values.addValue(scope.projectId());
    }
    narrow(filter, where, values);
    values.addValue(filter.limit());
    return new Statement(SELECT + indexed + JOINS + where + NEWEST_FIRST + " LIMIT ?", values);
  }

  /** Of each workflow its newest, of those the newest of all: one walk cannot do. */
  private static Statement ofSeveral(Filter filter, Scope scope, String indexed) {
    Tuple values = Tuple.tuple();
    // As many ids as projects have a workflow of that name: seldom the same text twice.
    String newestOfEach =
        scope.workflowIds().stream()
            .map(
                workflow -> {
                  StringBuilder where = new StringBuilder(" WHERE i.workflow_id = " + workflow);
                  narrow(filter, where, values);
                  values.addValue(filter.limit());
                  return "(SELECT i.id, i.created_at FROM "
                      + indexed
                      + where
                      + NEWEST_FIRST
                      + " LIMIT ?)";
                })
            .collect(Collectors.joining(" UNION ALL "));
    values.addValue(filter.limit());
    return new Statement(
        SELECT
            + "("
            + newestOfEach
            + " ORDER BY created_at DESC, id DESC LIMIT ?) newest JOIN "
            + TABLE
            + "ON i.id = newest.id"
            + JOINS
            + NEWEST_FIRST,
        values);
  }

  private static void narrow(Filter filter, StringBuilder where, Tuple values) {
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
  }
}
