package io.porpoise.store.sql;

import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.vertx.rxjava3.sqlclient.Row;
import java.util.List;

/** The table workflow_instance. */
final class WorkflowInstanceRows {
  private static final List<String> COLUMN_LIST =
      List.of(
          "id",
          "slot",
          "finished",
          "state",
          "version",
          "run_times",
          "round",
          "ticket",
          "reopening",
          "parent_instance",
          "parent_task",
          "depth",
          "project_id",
          "workflow_id",
          "created_at",
          "start_time",
          "end_time",
          "created_by",
          "reason_code",
          "reason_text",
          "options",
          "outputs");

  static final String COLUMNS = String.join(",", COLUMN_LIST);
  static final String PLACEHOLDERS = "?" + ",?".repeat(COLUMN_LIST.size() - 1);
  static final Upsert UPSERT =
      new Upsert(
          "workflow_instance",
          COLUMN_LIST,
          List.of(
              "id",
              "slot",
              "project_id",
              "workflow_id",
              "parent_instance",
              "parent_task",
              "depth",
              "created_at",
              "created_by"));

  private WorkflowInstanceRows() {}

  static Object[] values(WorkflowInstance i) {
    return new Object[] {
      i.id().value(),
      i.slot(),
      i.isFinished() ? 1 : 0,
      Codes.of(i.state()),
      i.version(),
      i.runTimes(),
      i.round(),
      i.ticket(),
      i.reopening() == null ? null : Codes.of(i.reopening()),
      i.parent() == null ? null : i.parent().instance().value(),
      i.parent() == null ? null : i.parent().task().value(),
      i.parent() == null ? 0 : i.parent().depth(),
      i.projectId(),
      i.workflowId(),
      Times.micros(i.createdAt()),
      Times.micros(i.startTime()),
      Times.micros(i.endTime()),
      i.createdBy(),
      Reasons.code(i.reason()),
      Reasons.text(i.reason()),
      Documents.ofOptions(i.options()),
      Documents.ofStrings(i.outputs())
    };
  }

  static WorkflowInstance read(Row row) {
    return new WorkflowInstance(
        new WorkflowInstanceId(row.getLong("id")),
        row.getLong("project_id"),
        row.getLong("workflow_id"),
        row.getInteger("version"),
        Codes.workflowState(row.getInteger("state")),
        Reasons.read(row),
        Documents.options(row.getBuffer("options")),
        row.getInteger("run_times"),
        row.getInteger("round"),
        row.getLong("ticket"),
        Codes.reopening(row.getInteger("reopening")),
        parent(row),
        row.getString("created_by"),
        Times.instant(row.getLong("created_at")),
        Times.instant(row.getLong("start_time")),
        Times.instant(row.getLong("end_time")),
        Documents.strings(row.getBuffer("outputs")));
  }

  private static Parent parent(Row row) {
    Long instance = row.getLong("parent_instance");
    return instance == null
        ? null
        : new Parent(
            new WorkflowInstanceId(instance),
            new TaskInstanceId(row.getLong("parent_task")),
            row.getInteger("depth"));
  }

  /** Reasons are for people; one that is too long must not keep a row from being written. */
  static final class Reasons {
    private static final int TEXT_LENGTH_MAX = 1000;

    private Reasons() {}

    static String code(Reason reason) {
      return reason == null ? null : reason.code();
    }

    static String text(Reason reason) {
      if (reason == null || reason.text() == null) {
        return null;
      }
      String text = reason.text();
      return text.codePointCount(0, text.length()) <= TEXT_LENGTH_MAX
          ? text
          : text.substring(0, text.offsetByCodePoints(0, TEXT_LENGTH_MAX - 1)) + "…";
    }

    static Reason read(Row row) {
      return of(row.getString("reason_code"), row.getString("reason_text"));
    }

    static Reason of(String code, String text) {
      return code == null ? null : new Reason(code, text);
    }
  }
}
