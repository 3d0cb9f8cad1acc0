package io.porpoise.store.sql;

import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import io.vertx.rxjava3.sqlclient.SqlConnection;
import io.vertx.rxjava3.sqlclient.Tuple;

/**
 * One connection for as long as a piece of work needs it. Statements are sent in the order of
 * subscription.
 */
final class Session {
  private final SqlConnection connection;

  Session(SqlConnection connection) {
    this.connection = connection;
  }

  Single<RowSet<Row>> begin() {
    return text("START TRANSACTION");
  }

  Single<RowSet<Row>> commit() {
    return text("COMMIT");
  }

  Single<RowSet<Row>> rollback() {
    return text("ROLLBACK");
  }

  Single<RowSet<Row>> query(String sql, Object... values) {
    return execute(new Statement(sql, Statement.tuple(values)));
  }

  Single<RowSet<Row>> text(String sql) {
    return Single.defer(() -> connection.query(sql).rxExecute());
  }

  Single<RowSet<Row>> execute(Statement statement) {
    Tuple values = statement.values();
    return values == null
        ? text(statement.sql())
        : Single.defer(() -> connection.preparedQuery(statement.sql()).rxExecute(values));
  }
}
