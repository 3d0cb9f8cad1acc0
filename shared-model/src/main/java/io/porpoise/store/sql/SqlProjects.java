package io.porpoise.store.sql;

import io.porpoise.store.Projects;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/** The table project. */
final class SqlProjects implements Projects {
  private static final String SELECT =
      "SELECT id, name, description, created_by, created_at FROM project ";

  private final Database database;

  SqlProjects(Database database) {
    this.database = database;
  }

  @Override
  public Maybe<Project> create(String name, String description, String createdBy, Instant now) {
    return database
        .query(
            "INSERT INTO project (name, description, created_by, created_at) VALUES (?,?,?,?)",
            name,
            description,
            createdBy,
            Times.micros(now))
        .flatMapMaybe(done -> byName(name))
        .onErrorResumeNext(e -> SqlErrors.isDuplicateKey(e) ? Maybe.empty() : Maybe.error(e));
  }

  @Override
  public Maybe<Project> byName(String name) {
    return database
        .query(SELECT + "WHERE name = ?", name)
        .flatMapMaybe(
            rows ->
                rows.stream().findFirst().map(row -> Maybe.just(read(row))).orElse(Maybe.empty()));
  }

  @Override
  public Single<List<Project>> list(long before, int limit) {
    return database
        .query(
            SELECT + "WHERE id < ? ORDER BY id DESC LIMIT ?",
            before == 0 ? Long.MAX_VALUE : before,
            limit)
        .map(rows -> rows.stream().map(SqlProjects::read).toList());
  }

  private static Project read(Row row) {
    return new Project(
        row.getLong("id"),
        row.getString("name"),
        row.getString("description"),
        row.getString("created_by"),
        Times.instant(row.getLong("created_at")));
  }
}
