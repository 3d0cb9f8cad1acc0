package io.porpoise.store.sql;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What masters read. Lists of slots and ids stand in the statements as numbers: they are never the
 * same twice, so that preparing them would only wash out the cache.
 */
final class SqlRunStore implements RunStore {
  private static final String COMMANDS =
      "SELECT id, type, workflow_instance_id, task_instance_id, ticket, round, actor FROM command WHERE ";

  private static final String TASKS =
      "(SELECT COUNT(*) FROM task_instance t"
          + " WHERE t.workflow_instance_id = workflow_instance.id AND t.valid = 1)";

  private final Database database;

  SqlRunStore(Database database) {
    this.database = database;
  }

  @Override
  public Single<List<StoredRun>> load(Collection<WorkflowInstanceId> ids) {
    if (ids.isEmpty()) {
      return Single.just(List.of());
    }
    String numbers = numbers(ids);
    return Single.zip(
        database.text(instanceRows(numbers)),
        database.text(
            TaskInstanceRows.SELECT
                + "WHERE t.workflow_instance_id IN ("
                + numbers
                + ") AND t.valid = 1 ORDER BY t.id"),
        database.text(formerAttempts(numbers)),
        SqlRunStore::runs);
  }

  @Override
  public Single<IdPage> nextUnfinished(
      Collection<Integer> slots, WorkflowInstanceId after, int limit, int tasksMax) {
    if (slots.isEmpty()) {
      return Single.just(new IdPage(List.of(), true));
    }
    return database
        .text(unfinished("id, " + TASKS, slots, after, limit))
        .map(
            sizes -> {
              List<WorkflowInstanceId> ids = upTo(tasksMax, sizes);
              return new IdPage(ids, sizes.size() < limit && ids.size() == sizes.size());
            });
  }

  private static List<WorkflowInstanceId> upTo(int tasksMax, RowSet<Row> sizes) {
    List<WorkflowInstanceId> ids = new ArrayList<>(sizes.size());
    long tasks = 0;
    for (Row row : sizes) {
      tasks += row.getLong(1);
      if (tasks > tasksMax && !ids.isEmpty()) {
        break;
      }
      ids.add(new WorkflowInstanceId(row.getLong(0)));
    }
    return ids;
  }

  @Override
  public Single<List<WorkflowInstance>> instances(Collection<WorkflowInstanceId> ids) {
    return ids.isEmpty()
        ? Single.just(List.of())
        : database
            .text(instanceRows(numbers(ids)))
            .map(rows -> rows.stream().map(WorkflowInstanceRows::read).toList());
  }

  private static String instanceRows(String numbers) {
    return "SELECT "
        + WorkflowInstanceRows.COLUMNS
        + " FROM workflow_instance WHERE id IN ("
        + numbers
        + ") ORDER BY id";
  }

  static String formerAttempts(String numbers) {
    return "SELECT workflow_instance_id, code, MAX(attempt) FROM task_instance"
        + " WHERE workflow_instance_id IN ("
        + numbers
        + ") AND valid = 0 GROUP BY workflow_instance_id, code";
  }

  @Override
  public Single<List<WorkflowInstanceId>> unfinishedIds(
      Collection<Integer> slots, WorkflowInstanceId after, int limit) {
    if (slots.isEmpty()) {
      return Single.just(List.of());
    }
    return database
        .text(unfinished("id", slots, after, limit))
        .map(rows -> rows.stream().map(r -> new WorkflowInstanceId(r.getLong(0))).toList());
  }

  @Override
  public Single<List<SlotSum>> unfinishedSums(Collection<Integer> slots) {
    if (slots.isEmpty()) {
      return Single.just(List.of());
    }
    return database
        .text(sums(slots))
        .map(
            rows ->
                rows.stream()
                    .map(r -> new SlotSum(r.getInteger(0), r.getInteger(1), r.getLong(2)))
                    .toList());
  }

  /** Reads the index alone, and sends a row for each slot: 100,000 instances take some 30 ms. */
  static String sums(Collection<Integer> slots) {
    return "SELECT slot, COUNT(*), CAST(BIT_XOR(id) AS SIGNED)"
        + " FROM workflow_instance FORCE INDEX (by_slot) WHERE finished = 0 AND slot IN ("
        + Statement.numbers(slots)
        + ") GROUP BY slot";
  }

  /**
   * Walks the index in its order, so a page costs what it holds, however many there are. Left to
   * itself, the optimizer may walk the primary key over millions of finished instances.
   */
  static String unfinished(
      String columns, Collection<Integer> slots, WorkflowInstanceId after, int limit) {
    List<Integer> whole = slots.stream().filter(slot -> slot != after.slot()).toList();
    List<String> ranges = new ArrayList<>();
    if (whole.size() < slots.size()) {
      ranges.add("(finished = 0 AND slot = " + after.slot() + " AND id > " + after.value() + ")");
    }
    if (!whole.isEmpty()) {
      ranges.add("(finished = 0 AND slot IN (" + Statement.numbers(whole) + "))");
    }
    return "SELECT "
        + columns
        + " FROM workflow_instance FORCE INDEX (by_slot) WHERE "
        + String.join(" OR ", ranges)
        + " ORDER BY slot, finished, id LIMIT "
        + limit;
  }

  @Override
  public Single<List<Command>> commands(Collection<Integer> slots, int limit) {
    if (slots.isEmpty()) {
      return Single.just(List.of());
    }
    return database
        .text(COMMANDS + "slot IN (" + Statement.numbers(slots) + ") ORDER BY id LIMIT " + limit)
        .map(SqlRunStore::readCommands);
  }

  @Override
  public Single<List<Command>> commandsOf(Collection<WorkflowInstanceId> ids) {
    if (ids.isEmpty()) {
      return Single.just(List.of());
    }
    return database
        .text(COMMANDS + "workflow_instance_id IN (" + numbers(ids) + ") ORDER BY id")
        .map(SqlRunStore::readCommands);
  }

  @Override
  public Maybe<Startable> startable(String project, String workflow) {
    return database
        .query(
            "SELECT w.project_id, w.id, w.version, w.release_state, w.execution_type"
                + " FROM workflow w JOIN project p ON p.id = w.project_id"
                + " WHERE p.name = ? AND w.name = ?",
            project,
            workflow)
        .flatMapMaybe(rows -> Maybe.fromOptional(rows.stream().findFirst()))
        .map(
            row ->
                new Startable(
                    row.getLong(0),
                    row.getLong(1),
                    row.getInteger(2),
                    Codes.releaseState(row.getInteger(3)),
                    Codes.executionType(row.getInteger(4))));
  }

  @Override
  public Single<VersionedDefinition> definition(long workflowId, int version) {
    return Single.zip(
            database.query(
                "SELECT v.document, w.project_id, p.name FROM workflow_version v"
                    + " JOIN workflow w ON w.id = v.workflow_id"
                    + " JOIN project p ON p.id = w.project_id"
                    + " WHERE v.workflow_id = ? AND v.version = ?",
                workflowId,
                version),
            database.query("SELECT name, code FROM task_code WHERE workflow_id = ?", workflowId),
            (found, codes) -> new StoredDefinition(workflowId, version, found, codes))
        .flatMap(this::parse);
  }

  private Single<VersionedDefinition> parse(StoredDefinition stored) {
    Row row =
        stored.found.stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new NoSuchElementException(
                        "no version " + stored.version + " of workflow " + stored.workflowId));
    return StoredDefinitions.read(database, row.getBuffer(0))
        .map(
            d -> {
              Map<String, Long> codes = new HashMap<>();
              stored.codes.forEach(code -> codes.put(code.getString(0), code.getLong(1)));
              return new VersionedDefinition(
                  row.getLong(1),
                  row.getString(2),
                  stored.workflowId,
                  stored.version,
                  d.definition(),
                  codes,
                  d.schedule().zone());
            });
  }

  private record StoredDefinition(
      long workflowId, int version, RowSet<Row> found, RowSet<Row> codes) {}

  private static List<StoredRun> runs(
      RowSet<Row> instances, RowSet<Row> tasks, RowSet<Row> former) {
    Map<WorkflowInstanceId, List<TaskInstance>> byInstance = new HashMap<>();
    for (Row row : tasks) {
      TaskInstance task = TaskInstanceRows.read(row);
      byInstance.computeIfAbsent(task.workflowInstanceId(), id -> new ArrayList<>()).add(task);
    }
    Map<WorkflowInstanceId, Map<Long, Integer>> formerAttempts = new HashMap<>();
    for (Row row : former) {
      formerAttempts
          .computeIfAbsent(new WorkflowInstanceId(row.getLong(0)), id -> new HashMap<>())
          .put(row.getLong(1), row.getInteger(2));
    }
    List<StoredRun> runs = new ArrayList<>(instances.size());
    for (Row row : instances) {
      WorkflowInstance instance = WorkflowInstanceRows.read(row);
      runs.add(
          new StoredRun(
              instance,
              byInstance.getOrDefault(instance.id(), List.of()),
              formerAttempts.getOrDefault(instance.id(), Map.of())));
    }
    return runs;
  }

  private static List<Command> readCommands(RowSet<Row> rows) {
    return rows.stream()
        .map(
            row -> {
              Long task = row.getLong("task_instance_id");
              return new Command(
                  row.getLong("id"),
                  new WorkflowInstanceId(row.getLong("workflow_instance_id")),
                  Codes.commandType(row.getInteger("type")),
                  task == null ? null : new TaskInstanceId(task),
                  row.getLong("ticket"),
                  row.getInteger("round"),
                  row.getString("actor"));
            })
        .toList();
  }

  private static String numbers(Collection<WorkflowInstanceId> ids) {
    return Statement.numbers(ids.stream().map(WorkflowInstanceId::value).toList());
  }
}
