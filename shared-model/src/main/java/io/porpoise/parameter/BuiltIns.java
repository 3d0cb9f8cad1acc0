package io.porpoise.parameter;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The parameters that every task has without declaring them; any other parameter of the same name
 * wins.
 */
public final class BuiltIns {
  /** Known at the worker only: a master leaves the placeholder, and the worker replaces it. */
  public static final String EXECUTE_PATH = "system.task.execute.path";

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

  private BuiltIns() {}

  /** What a workflow instance is; the code of a thing is its stable id. */
  public record Workflow(
      WorkflowInstanceId instance, String name, long code, String projectName, long projectCode) {
    String find(String parameter, ZonedDateTime base) {
      return switch (parameter) {
        case "system.biz.date" -> DAY.format(base.minusDays(1));
        case "system.biz.curdate" -> DAY.format(base);
        case "system.datetime" -> SECOND.format(base);
        case "system.workflow.instance.id" -> String.valueOf(instance.value());
        case "system.workflow.definition.name" -> name;
        case "system.workflow.definition.code" -> String.valueOf(code);
        case "system.project.name" -> projectName;
        case "system.project.code" -> String.valueOf(projectCode);
        default -> null;
      };
    }
  }

  /** What a task instance is. */
  public record Task(TaskInstanceId instance, String name, long code) {
    String find(String parameter) {
      return switch (parameter) {
        case "system.task.instance.id" -> String.valueOf(instance.value());
        case "system.task.definition.name" -> name;
        case "system.task.definition.code" -> String.valueOf(code);
        default -> null;
      };
    }
  }
}
