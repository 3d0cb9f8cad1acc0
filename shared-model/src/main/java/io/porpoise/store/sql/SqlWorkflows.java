package io.porpoise.store.sql;

import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.porpoise.store.Workflows;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables workflow, workflow_version and task_code. */
final class SqlWorkflows implements Workflows {
  static final String COLUMNS =
      "SELECT w.id, w.project_id, p.name AS project, w.name, w.version, w.release_state,"
          + " w.execution_type,"
          + " w.description, w.created_at, w.updated_at";
  static final String TABLES = " FROM workflow w JOIN project p ON p.id = w.project_id ";
  private static final String SELECT = COLUMNS + TABLES;
  private static final Upsert TASK_CODE_INSERT =
      new Upsert("task_code", List.of("workflow_id", "name"), List.of("workflow_id", "name"));

  private final Database database;

  SqlWorkflows(Database database) {
    this.database = database;
  }

  /** A version to be saved. */
  private record Draft(
      long projectId,
      String name,
      String description,
      String document,
      Set<String> taskNames,
      ReleaseState releaseState,
      ExecutionType executionType,
      String createdBy,
      Instant now) {
    Buffer sha256() {
      try {
        return Buffer.buffer(
            MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The row lock of the workflow, held to the end, makes savers follow each other. */
  @Override
  public Single<Saved> save(
      long projectId,
      String name,
      String description,
      String document,
      List<String> taskNames,
      ReleaseState releaseState,
      ExecutionType executionType,
      String createdBy,
      Instant now) {
    Draft draft =
        new Draft(
            projectId,
            name,
            description,
            document,
            new TreeSet<>(taskNames),
            releaseState,
            executionType,
            createdBy,
            now);
    return database.transaction(
        session ->
            lock(session, draft)
                .flatMap(id -> save(session, draft, id))
                .flatMap(saved -> session.commit().map(done -> saved)));
  }

  /** Version 0 stands for a workflow that is being created. */
  private static Single<Row> lock(Session session, Draft draft) {
    return session
        .query(
            "INSERT INTO workflow (project_id, name, version, release_state, description,"
                + " created_at, updated_at) VALUES (?,?,0,?,?,?,?)"
                + " ON DUPLICATE KEY UPDATE id = id",
            draft.projectId,
            draft.name,
            Codes.of(draft.releaseState),
            draft.description,
            Times.micros(draft.now),
            Times.micros(draft.now))
        .flatMap(
            done ->
                session.query(
                    "SELECT w.id, w.version, v.sha256 FROM workflow w LEFT JOIN workflow_version v"
                        + " ON v.workflow_id = w.id AND v.version = w.version"
                        + " WHERE w.project_id = ? AND w.name = ? FOR UPDATE",
                    draft.projectId,
                    draft.name))
        .map(rows -> rows.iterator().next());
  }

  private static Single<Saved> save(Session session, Draft draft, Row present) {
    long id = present.getLong("id");
    int version = present.getInteger("version");
    boolean isSame = draft.sha256().equals(present.getBuffer("sha256"));
    Saved.Change change =
        version == 0
            ? Saved.Change.CREATED
            : isSame ? Saved.Change.UNCHANGED : Saved.Change.NEW_VERSION;
    Completable writes =
        isSame
            ? session
                .query(
                    "UPDATE workflow SET updated_at = IF(release_state = ?, updated_at, ?),"
                        + " release_state = ?, execution_type = ? WHERE id = ?",
                    Codes.of(draft.releaseState),
                    Times.micros(draft.now),
                    Codes.of(draft.releaseState),
                    Codes.of(draft.executionType),
                    id)
                .ignoreElement()
            : insertVersion(session, draft, id, version + 1).andThen(nameTasks(session, draft, id));
    return writes
        .andThen(session.query(SELECT + "WHERE w.id = ?", id))
        .map(rows -> new Saved(read(rows.iterator().next()), change));
  }

  private static Completable insertVersion(Session session, Draft draft, long id, int version) {
    return session
        .query(
            "INSERT INTO workflow_version"
                + " (workflow_id, version, sha256, document, created_by, created_at)"
                + " VALUES (?,?,?,?,?,?)",
            id,
            version,
            draft.sha256(),
            Documents.ofText(draft.document),
            draft.createdBy,
            Times.micros(draft.now))
        .flatMap(
            done ->
                session.query(
                    "UPDATE workflow SET version = ?, release_state = ?, execution_type = ?,"
                        + " description = ?, updated_at = ? WHERE id = ?",
                    version,
                    Codes.of(draft.releaseState),
                    Codes.of(draft.executionType),
                    draft.description,
                    Times.micros(draft.now),
                    id))
        .ignoreElement();
  }

  /** Gives codes to the names that have none yet; a name keeps its code when its task is gone. */
  private static Completable nameTasks(Session session, Draft draft, long id) {
    return session
        .query("SELECT name FROM task_code WHERE workflow_id = ?", id)
        .map(rows -> rows.stream().map(row -> row.getString(0)).collect(Collectors.toSet()))
        .flatMapCompletable(
            known -> {
              List<Object[]> missing =
                  draft.taskNames.stream()
                      .filter(name -> !known.contains(name))
                      .map(name -> new Object[] {id, name})
                      .toList();
              return Completable.concat(
                  TASK_CODE_INSERT.statements(missing).stream()
                      .map(statement -> session.execute(statement).ignoreElement())
                      .toList());
            });
  }

  @Override
  public Maybe<Workflow> find(String project, String name) {
    return database
        .query(SELECT + "WHERE p.name = ? AND w.name = ?", project, name)
        .flatMapMaybe(rows -> first(rows).map(SqlWorkflows::read));
  }

  @Override
  public Maybe<Version> version(long workflowId, int version) {
    return database
        .query(
            "SELECT document, created_by, created_at FROM workflow_version"
                + " WHERE workflow_id = ? AND version = ?",
            workflowId,
            version)
        .flatMapMaybe(SqlWorkflows::first)
        .map(
            row ->
                new Version(
                    workflowId,
                    version,
                    Documents.text(row.getBuffer("document")),
                    row.getString("created_by"),
                    Times.instant(row.getLong("created_at"))));
  }

  @Override
  public Single<Boolean> release(long workflowId, ReleaseState state, Instant now) {
    return database
        .query(
            "UPDATE workflow SET release_state = ?, updated_at = ?"
                + " WHERE id = ? AND release_state <> ?",
            Codes.of(state),
            Times.micros(now),
            workflowId,
            Codes.of(state))
        .map(done -> done.rowCount() > 0);
  }

  private static Maybe<Row> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(Maybe::just).orElse(Maybe.empty());
  }

  static Workflow read(Row row) {
    return new Workflow(
        row.getLong("id"),
        row.getLong("project_id"),
        row.getString("project"),
        row.getString("name"),
        row.getInteger("version"),
        Codes.releaseState(row.getInteger("release_state")),
        Codes.executionType(row.getInteger("execution_type")),
        row.getString("description"),
        Times.instant(row.getLong("created_at")),
        Times.instant(row.getLong("updated_at")));
  }
}
