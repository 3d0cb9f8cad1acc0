package io.porpoise.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks that the master itself performs, and how their parameters are read. The parameters have
 * been checked when the definition was read.
 */
public final class LogicTasks {
  public static final String SUB_WORKFLOW = "SUB_WORKFLOW";
  public static final String SWITCH = "SWITCH";
  public static final String CONDITIONS = "CONDITIONS";
  public static final String NO_OP = "NO_OP";

  /** The branch of a CONDITIONS that holds, and of one that does not. */
  public static final String SUCCESS_BRANCH = "SUCCESS";

  public static final String FAILED_BRANCH = "FAILED";

  /**
   * One branch of a SWITCH.
   *
   * @param condition null: the default
   */
  public record SwitchBranch(String task, String condition) {}

  /** All of the tasks, or one of them, in two levels. */
  public record ConditionGroup(boolean isAnd, List<ConditionItem> items) {}

  /**
   * How a predecessor is to have ended.
   *
   * @param succeeded false: it is to have failed
   */
  public record ConditionItem(String task, boolean succeeded) {}

  /**
   * What a SUB_WORKFLOW starts.
   *
   * @param project null: the one that the task is in
   */
  public record SubWorkflow(String project, String workflow) {}

  private LogicTasks() {}

  /** Whether it chooses among those that follow. */
  public static boolean isDecision(TaskDefinition task) {
    return task.taskType().equals(SWITCH) || task.taskType().equals(CONDITIONS);
  }

  /** Whether it ends at once and does nothing: a joint of the graph. */
  public static boolean isNoOp(TaskDefinition task) {
    return task.taskType().equals(NO_OP);
  }

  public static boolean isSubWorkflow(TaskDefinition task) {
    return task.taskType().equals(SUB_WORKFLOW);
  }

  /** Which tasks each branch names; empty for all but SWITCH and CONDITIONS. */
  public static Map<String, List<String>> branches(TaskDefinition task) {
    Map<String, List<String>> branches = new LinkedHashMap<>();
    if (task.taskType().equals(SWITCH)) {
      switchBranches(task).forEach(branch -> branches.put(branch.task(), List.of(branch.task())));
    } else if (task.taskType().equals(CONDITIONS)) {
      branches.put(SUCCESS_BRANCH, names(task.taskParams().get("success_task")));
      branches.put(FAILED_BRANCH, names(task.taskParams().get("failed_task")));
    }
    return branches;
  }

  /**
   * @param taskParams of a SUB_WORKFLOW
   */
  public static SubWorkflow subWorkflow(Map<String, Object> taskParams) {
    return new SubWorkflow(
        (String) taskParams.get("project"), (String) taskParams.get("workflow_name"));
  }

  /** In the order in which they are tried; the default is the last. */
  public static List<SwitchBranch> switchBranches(TaskDefinition task) {
    List<SwitchBranch> branches = new ArrayList<>();
    for (Map<?, ?> branch : maps(task.taskParams().get("condition"))) {
      branches.add(new SwitchBranch((String) branch.get("task"), (String) branch.get("condition")));
    }
    return branches;
  }

  /** Whether all groups of a CONDITIONS are to hold, or one of them. */
  public static boolean isAnd(Map<?, ?> group) {
    return !"OR".equals(group.get("op"));
  }

  public static List<ConditionGroup> conditionGroups(TaskDefinition task) {
    List<ConditionGroup> groups = new ArrayList<>();
    for (Map<?, ?> group : maps(task.taskParams().get("groups"))) {
      List<ConditionItem> items = new ArrayList<>();
      for (Map<?, ?> item : maps(group.get("groups"))) {
        items.add(
            new ConditionItem((String) item.get("task"), Boolean.TRUE.equals(item.get("flag"))));
      }
      groups.add(new ConditionGroup(isAnd(group), items));
    }
    return groups;
  }

  static List<String> names(Object value) {
    List<String> names = new ArrayList<>();
    if (value != null) {
      ((List<?>) value).forEach(name -> names.add((String) name));
    }
    return names;
  }

  private static List<Map<?, ?>> maps(Object value) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (value != null) {
      ((List<?>) value).forEach(item -> maps.add((Map<?, ?>) item));
    }
    return maps;
  }
}
