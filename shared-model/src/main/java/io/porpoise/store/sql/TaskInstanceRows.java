package io.porpoise.store.sql;

import static java.util.stream.Collectors.joining;

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
      COLUMN_LIST.stream().map(column -> "t." + column).collect(joining(", ", "SELECT ", ""))
          + ", p.params, p.outputs FROM task_instance t"
          + " LEFT JOIN task_payload p ON t.has_payload = 1 AND p.task_instance_id = t.id ";

  // A look-up by name for each value costs as much as all the rest of reading a row.
  private static final int CODE = at("code");
  private static final int STATE = at("state");
  private static final int VALID = at("valid");
  private static final int HAS_PAYLOAD = at("has_payload");
  private static final int KILL_CAUSE = at("kill_cause");
  private static final int ATTEMPT = at("attempt");
  private static final int RETRIES = at("retries");
  private static final int LOSSES = at("losses");
  private static final int DISPATCHES = at("dispatches");
  private static final int EXIT_CODE = at("exit_code");
  private static final int FIRST_SUBMIT_TIME = at("first_submit_time");
  private static final int SUBMIT_TIME = at("submit_time");
  private static final int START_TIME = at("start_time");
  private static final int END_TIME = at("end_time");
  private static final int DUE_AT = at("due_at");
  private static final int CHILD = at("child");
  private static final int CHILD_ROUND = at("child_round");
  private static final int TASK_GROUP_PRIORITY = at("task_group_priority");
  private static final int NAME = at("name");
  private static final int TASK_TYPE = at("task_type");
  private static final int BRANCH = at("branch");
  private static final int TASK_GROUP = at("task_group");
  private static final int WORKER_GROUP = at("worker_group");
  private static final int WORKER = at("worker");
  private static final int REASON_CODE = at("reason_code");
  private static final int REASON_TEXT = at("reason_text");
  private static final int PARAMS = COLUMN_LIST.size();
  private static final int OUTPUTS = COLUMN_LIST.size() + 1;

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

  private static int at(String column) {
    return COLUMN_LIST.indexOf(column);
  }

  static TaskInstance read(Row row) {
    boolean hasPayload = row.getInteger(HAS_PAYLOAD) == 1;
    String worker = row.getString(WORKER);
    Long child = row.getLong(CHILD);
    String group = row.getString(TASK_GROUP);
    return new TaskInstance(
        new TaskInstanceId(row.getLong(0)),
        new WorkflowInstanceId(row.getLong(1)),
        row.getLong(CODE),
        row.getString(NAME),
        row.getString(TASK_TYPE),
        Codes.taskState(row.getInteger(STATE)),
        row.getInteger(VALID) == 1,
        row.getInteger(ATTEMPT),
        row.getInteger(RETRIES),
        row.getInteger(LOSSES),
        row.getInteger(DISPATCHES),
        row.getString(WORKER_GROUP),
        worker == null ? null : new NodeId(worker),
        Times.instant(row.getLong(FIRST_SUBMIT_TIME)),
        Times.instant(row.getLong(SUBMIT_TIME)),
        Times.instant(row.getLong(START_TIME)),
        Times.instant(row.getLong(END_TIME)),
        Times.instant(row.getLong(DUE_AT)),
        Codes.killCause(row.getInteger(KILL_CAUSE)),
        row.getInteger(EXIT_CODE),
        Reasons.of(row.getString(REASON_CODE), row.getString(REASON_TEXT)),
        row.getString(BRANCH),
        child == null
            ? null
            : new ChildRun(new WorkflowInstanceId(child), row.getInteger(CHILD_ROUND)),
        group == null ? null : new GroupClaim(group, row.getInteger(TASK_GROUP_PRIORITY)),
        hasPayload ? Documents.strings(row.getBuffer(PARAMS)) : Map.of(),
        hasPayload ? Documents.strings(row.getBuffer(OUTPUTS)) : Map.of());
  }
}
