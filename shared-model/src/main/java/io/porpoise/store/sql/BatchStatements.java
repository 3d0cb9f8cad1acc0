package io.porpoise.store.sql;

import io.porpoise.instance.TaskInstance;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.InstanceChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

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
    writes.addAll(tasks(changes));
    writes.addAll(history(changes));
    writes.addAll(commands(changes));
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

  private static List<Statement> tasks(List<InstanceChange> changes) {
    List<TaskInstance> tasks =
        changes.stream()
            .flatMap(c -> c.tasks().stream())
            .sorted(Comparator.comparing(TaskInstance::id))
            .toList();
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

  private static List<Statement> history(List<InstanceChange> changes) {
    return HISTORY_INSERT.statements(
        changes.stream()
            .filter(c -> !c.history().isEmpty())
            .map(c -> new Object[] {c.id().value(), Documents.ofHistory(c.history())})
            .toList());
  }

  private static List<Statement> commands(List<InstanceChange> changes) {
    List<Long> applied =
        changes.stream().flatMap(c -> c.appliedCommands().stream()).sorted().toList();
    return applied.isEmpty()
        ? List.of()
        : List.of(
            Statement.text("DELETE FROM command WHERE id IN (" + Statement.numbers(applied) + ")"));
  }
}
