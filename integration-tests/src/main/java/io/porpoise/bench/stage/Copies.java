package io.porpoise.bench.stage;

import io.porpoise.cluster.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Copies of instances, with their tasks and history, made by the database itself: rows in the shape
 * that Porpoise gave the originals, under ids from its own sequence, in their slots.
 *
 * <p>Whoever makes copies of unfinished instances does it while no master runs.
 */
public final class Copies {
  private static final int IDS_PER_STATEMENT = 5_000;
  private static final int INSTANCES_PER_STATEMENT = 20_000;

  private final Rows rows;
  private final List<Long> originals;

  /**
   * @param originals instances with equally many tasks each; copy n is one of number n modulo their
   *     count
   */
  public Copies(Rows rows, List<Long> originals) {
    this.rows = rows;
    this.originals = originals;
  }

  /**
   * Makes so many.
   *
   * @param changes of columns of workflow_instance: expressions over {@code t}, the original's row,
   *     and {@code b.n}, the number of the copy
   */
  public void make(int count, Map<String, String> changes) {
    String in = originals.stream().map(String::valueOf).collect(Collectors.joining(","));
    long tasksEach =
        rows.number("SELECT COUNT(*) FROM task_instance WHERE workflow_instance_id IN (" + in + ")")
            / originals.size();
    long firstTask = take(2, count * tasksEach);
    numbers(count, take(1, count));
    String task = firstTask + " + b.n * " + tasksEach + " + o.place";
    for (int made = 0; made < count; made += INSTANCES_PER_STATEMENT) {
      String range = " WHERE b.n >= " + made + " AND b.n < " + (made + INSTANCES_PER_STATEMENT);
      copy(range, task, changes);
    }
    rows.execute("DROP TABLE bench_copy");
    rows.execute("DROP TABLE bench_original");
    for (String table : List.of("workflow_instance", "task_instance", "history")) {
      rows.execute("ANALYZE TABLE " + table);
    }
  }

  /** Takes ids as the servers do. */
  private long take(int sequence, long count) {
    long next = rows.number("SELECT next_id FROM id_block WHERE sequence = " + sequence);
    rows.execute(
        "UPDATE id_block SET next_id = " + (next + count) + " WHERE sequence = " + sequence);
    return next;
  }

  /** The new ids, and the tasks of the originals by their place. */
  private void numbers(int count, long firstInstance) {
    rows.execute("DROP TABLE IF EXISTS bench_copy");
    rows.execute(
        "CREATE TABLE bench_copy (n INT PRIMARY KEY, original INT, id BIGINT, slot SMALLINT)");
    for (int from = 0; from < count; from += IDS_PER_STATEMENT) {
      List<String> values = new ArrayList<>();
      for (int n = from; n < Math.min(count, from + IDS_PER_STATEMENT); n++) {
        long id = firstInstance + n;
        values.add("(%d,%d,%d,%d)".formatted(n, n % originals.size(), id, Slot.of(id)));
      }
      rows.execute("INSERT INTO bench_copy VALUES " + String.join(",", values));
    }
    rows.execute("DROP TABLE IF EXISTS bench_original");
    rows.execute(
        "CREATE TABLE bench_original (number INT, instance BIGINT, task BIGINT, place INT, KEY"
            + " (number))");
    for (int i = 0; i < originals.size(); i++) {
      rows.execute(
          "INSERT INTO bench_original SELECT %d, workflow_instance_id, id, ROW_NUMBER() OVER (ORDER BY id) - 1 FROM task_instance WHERE workflow_instance_id = %d"
              .formatted(i, originals.get(i)));
    }
  }

  private void copy(String range, String task, Map<String, String> changes) {
    String order = " ORDER BY b.n";
    Map<String, String> ids = new HashMap<>(changes);
    ids.put("id", "b.id");
    ids.put("slot", "b.slot");
    String ofInstance =
        " FROM bench_copy b JOIN (SELECT DISTINCT number, instance FROM bench_original) o ON"
            + " o.number = b.original";
    insert(
        "workflow_instance",
        ids,
        ofInstance + " JOIN workflow_instance t ON t.id = o.instance" + range + order);
    insert(
        "history",
        Map.of("workflow_instance_id", "b.id", "number", ""),
        ofInstance + " JOIN history t ON t.workflow_instance_id = o.instance" + range + order);
    String ofTask = " FROM bench_copy b JOIN bench_original o ON o.number = b.original";
    insert(
        "task_instance",
        Map.of("id", task, "workflow_instance_id", "b.id"),
        ofTask + " JOIN task_instance t ON t.id = o.task" + range + order + ", o.place");
    insert(
        "task_payload",
        Map.of("task_instance_id", task),
        ofTask
            + " JOIN task_payload t ON t.task_instance_id = o.task"
            + range
            + order
            + ", o.place");
  }

  /** An empty change leaves the column to the database. */
  private void insert(String table, Map<String, String> changes, String from) {
    List<String> columns = new ArrayList<>();
    rows.query("SHOW COLUMNS FROM " + table).forEach(row -> columns.add(row.getString(0)));
    columns.removeIf(column -> "".equals(changes.get(column)));
    String values =
        columns.stream()
            .map(column -> changes.getOrDefault(column, "t." + column))
            .collect(Collectors.joining(", "));
    rows.execute(
        "INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT " + values + from);
  }
}
