package io.porpoise.store.sql;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.Batch.InstanceChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The statements of a batch, in the one order of tables and ids that all batches keep, so that two
 * of them cannot wait for each other in a circle.
 */
final class BatchStatements {
  private static final Upsert HISTORY_INSERT =
      new Upsert(
          "history",
          List.of("workflow_instance_id", "entries"),
          List.of("workflow_instance_id", "entries"));

  /** A place that is there keeps what it holds. */
  private static final Upsert GROUP_PLACE_INSERT =
      Upsert.once(
          "task_group_queue",
          "task_instance_id",
          List.of(
              "task_instance_id",
              "task_group",
              "reverse_priority",
              "first_submit_time",
              "workflow_instance_id"),
          List.of());

  private static final Upsert ALERT_INSERT =
      Upsert.once(
          "alert",
          "id",
          List.of("workflow_instance_id", "round", "task_instance_id", "kind", "content"),
          List.of("created_at", "due_at"));

  private static final String JOURNAL_UPSERT =
      "INSERT INTO journal (node, incarnation, shard, seq) VALUES (?,?,?,?)"
          + " ON DUPLICATE KEY UPDATE seq = VALUES(seq)";

  private BatchStatements() {}

  /**
   * Reads who owns the guarded slots and keeps it so until the commit. {@code LOCK IN SHARE MODE}
   * is the form that MySQL and MariaDB both know.
   */
  static Statement guard(Batch batch) {
    return Statement.text(
        "SELECT slot, owner, incarnation, epoch FROM slot WHERE slot IN ("
            + Statement.numbers(new TreeSet<>(batch.guards().keySet()))
            + ") LOCK IN SHARE MODE");
  }

  static List<Statement> writes(Batch batch) {
    List<InstanceChange> changes =
        batch.changes().stream().sorted(Comparator.comparing(InstanceChange::id)).toList();
    List<Statement> writes = new ArrayList<>();
    writes.addAll(instances(changes));
    List<TaskInstance> tasks =
        changes.stream()
            .flatMap(c -> c.tasks().stream())
            .sorted(Comparator.comparing(TaskInstance::id))
            .toList();
    writes.addAll(tasks(tasks));
    writes.addAll(groupPlaces(tasks.stream().filter(t -> t.claim() != null).toList()));
    writes.addAll(history(changes));
    writes.addAll(deletion("command", "id", changes, InstanceChange::appliedCommands));
    writes.addAll(deletion("serial_queue", "ticket", changes, InstanceChange::leftTickets));
    writes.addAll(alerts(changes));
    writes.add(
        new Statement(
            JOURNAL_UPSERT,
            Statement.tuple(
                batch.node().value(), batch.incarnation(), batch.shard(), batch.seq())));
    return writes;
  }

  private static List<Statement> instances(List<InstanceChange> changes) {
    return WorkflowInstanceRows.UPSERT.statements(
        changes.stream()
            .filter(c -> c.instance() != null)
            .map(c -> WorkflowInstanceRows.values(c.instance()))
            .toList());
  }

  private static List<Statement> tasks(List<TaskInstance> tasks) {
    List<Statement> statements = new ArrayList<>();
    statements.addAll(
        TaskInstanceRows.UPSERT.statements(tasks.stream().map(TaskInstanceRows::values).toList()));
    statements.addAll(
        TaskInstanceRows.PAYLOAD_UPSERT.statements(
            tasks.stream()
                .filter(TaskInstanceRows::hasPayload)
                .map(TaskInstanceRows::payloadValues)
                .toList()));
    return statements;
  }

  /**
   * An attempt takes its place when it is ready to run. While a worker or a child has it, its place
   * is there and stays.
   */
  private static List<Statement> groupPlaces(List<TaskInstance> claiming) {
    List<Long> gone =
        claiming.stream().filter(t -> !isUnfinished(t)).map(t -> t.id().value()).toList();
    List<Statement> statements = new ArrayList<>();
    if (!gone.isEmpty()) {
      statements.add(deletion("task_group_queue", "task_instance_id", gone));
    }
    statements.addAll(
        GROUP_PLACE_INSERT.statements(
            claiming.stream()
                .filter(t -> isUnfinished(t) && t.state() == TaskState.SUBMITTED)
                .map(BatchStatements::groupPlace)
                .toList()));
    return statements;
  }

  private static boolean isUnfinished(TaskInstance task) {
    return task.valid() && !task.state().isTerminal();
  }

  private static Object[] groupPlace(TaskInstance task) {
    return new Object[] {
      task.id().value(),
      task.claim().group(),
      -(long) task.claim().priority(),
      Times.micros(task.firstSubmitTime()),
      task.workflowInstanceId().value()
    };
  }

  private static List<Statement> history(List<InstanceChange> changes) {
    return HISTORY_INSERT.statements(
        changes.stream()
            .filter(c -> !c.history().isEmpty())
            .map(c -> new Object[] {c.id().value(), Documents.ofHistory(c.history())})
            .toList());
  }

  private static List<Statement> alerts(List<InstanceChange> changes) {
    List<Object[]> rows = new ArrayList<>();
    for (InstanceChange change : changes) {
      for (Alert alert : change.alerts()) {
        rows.add(
            new Object[] {
              change.id().value(),
              alert.round(),
              alert.task() == null ? 0 : alert.task().value(),
              alert.kind().name(),
              Documents.ofStrings(Map.of("text", alert.text()))
            });
      }
    }
    return ALERT_INSERT.statements(rows);
  }

  private static List<Statement> deletion(
      String table,
      String key,
      List<InstanceChange> changes,
      Function<InstanceChange, List<Long>> keys) {
    List<Long> all = changes.stream().flatMap(c -> keys.apply(c).stream()).sorted().toList();
    return all.isEmpty() ? List.of() : List.of(deletion(table, key, all));
  }

  private static Statement deletion(String table, String key, List<Long> keys) {
    return Statement.text(
        "DELETE FROM " + table + " WHERE " + key + " IN (" + Statement.numbers(keys) + ")");
  }
}
