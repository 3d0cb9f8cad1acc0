package io.porpoise.store.sql;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.ChildRun;
import io.porpoise.instance.GroupClaim;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.sql.WorkflowInstanceRows.Reasons;
import io.vertx.rxjava3.sqlclient.Row;
import java.util.List;
import java.util.Map;

/** The tables task_instance and task_payload. */
final class TaskInstanceRows {
  private static final List<String> COLUMN_LIST =
      List.of(
          "id",
          "workflow_instance_id",
          "code",
          "state",
          "valid",
          "has_payload",
          "kill_cause",
          "attempt",
          "retries",
          "losses",
          "dispatches",
          "exit_code",
          "first_submit_time",
          "submit_time",
          "start_time",
          "end_time",
          "due_at",
          "child",
          "child_round",
          "task_group_priority",
          "name",
          "task_type",
          "branch",
          "task_group",
          "worker_group",
          "worker",
          "reason_code",
          "reason_text");

  static final Upsert UPSERT =
      new Upsert(
          "task_instance",
          COLUMN_LIST,
          List.of("id", "workflow_instance_id", "code", "name", "task_type"));
  static final Upsert PAYLOAD_UPSERT =
      new Upsert(
          "task_payload",
          List.of("task_instance_id", "params", "outputs"),
          List.of("task_instance_id"));

  /** To be completed with a WHERE on {@code t}. */
  static final String SELECT =
      "SELECT t.*, p.params, p.outputs FROM task_instance t"
          + " LEFT JOIN task_payload p ON t.has_payload = 1 AND p.task_instance_id = t.id ";

  private TaskInstanceRows() {}

  static Object[] values(TaskInstance t) {
    return new Object[] {
      t.id().value(),
      t.workflowInstanceId().value(),
      t.code(),
      Codes.of(t.state()),
      t.valid() ? 1 : 0,
      hasPayload(t) ? 1 : 0,
      t.killCause() == null ? null : Codes.of(t.killCause()),
      t.attempt(),
      t.retries(),
      t.losses(),
      t.dispatches(),
      t.exitCode(),
      Times.micros(t.firstSubmitTime()),
      Times.micros(t.submitTime()),
      Times.micros(t.startTime()),
      Times.micros(t.endTime()),
      Times.micros(t.dueAt()),
      t.child() == null ? null : t.child().id().value(),
      t.child() == null ? 0 : t.child().round(),
      t.claim() == null ? 0 : t.claim().priority(),
      t.name(),
      t.taskType(),
      t.branch(),
      t.claim() == null ? null : t.claim().group(),
      t.workerGroup(),
      t.worker() == null ? null : t.worker().value(),
      Reasons.code(t.reason()),
      Reasons.text(t.reason())
    };
  }

  /** A task without parameters and outputs has no payload row, or one that does not count. */
  static boolean hasPayload(TaskInstance t) {
    return !t.params().isEmpty() || !t.outputs().isEmpty();
  }

  static Object[] payloadValues(TaskInstance t) {
    return new Object[] {
      t.id().value(), Documents.ofStrings(t.params()), Documents.ofStrings(t.outputs())
    };
  }

  static TaskInstance read(Row row) {
    boolean hasPayload = row.getInteger("has_payload") == 1;
    String worker = row.getString("worker");
    Long child = row.getLong("child");
    String group = row.getString("task_group");
    return new TaskInstance(
        new TaskInstanceId(row.getLong("id")),
        new WorkflowInstanceId(row.getLong("workflow_instance_id")),
        row.getLong("code"),
        row.getString("name"),
        row.getString("task_type"),
        Codes.taskState(row.getInteger("state")),
        row.getInteger("valid") == 1,
        row.getInteger("attempt"),
        row.getInteger("retries"),
        row.getInteger("losses"),
        row.getInteger("dispatches"),
        row.getString("worker_group"),
        worker == null ? null : new NodeId(worker),
        Times.instant(row.getLong("first_submit_time")),
        Times.instant(row.getLong("submit_time")),
        Times.instant(row.getLong("start_time")),
        Times.instant(row.getLong("end_time")),
        Times.instant(row.getLong("due_at")),
        Codes.killCause(row.getInteger("kill_cause")),
        row.getInteger("exit_code"),
        Reasons.read(row),
        row.getString("branch"),
        child == null
            ? null
            : new ChildRun(new WorkflowInstanceId(child), row.getInteger("child_round")),
        group == null ? null : new GroupClaim(group, row.getInteger("task_group_priority")),
        hasPayload ? Documents.strings(row.getBuffer("params")) : Map.of(),
        hasPayload ? Documents.strings(row.getBuffer("outputs")) : Map.of());
  }
}
