package io.porpoise.worker.task;

import io.porpoise.bus.message.Dispatch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables that every task's process finds, beside {@code PATH HOME LANG USER LOGNAME SHELL
 * TMPDIR}. Nothing else of the server's own environment reaches a task: it may hold secrets.
 *
 * <ul>
 *   <li>{@code PORPOISE_ATTEMPT}: marks the process tree, so that whatever leaves its process group
 *       is still found when it must be killed;
 *   <li>{@code PORPOISE_TASK_INSTANCE_ID}, {@code PORPOISE_WORKFLOW_INSTANCE_ID}, {@code
 *       PORPOISE_TASK_NAME}, {@code PORPOISE_TASK_TYPE};
 *   <li>what the dispatch gives: the task's environment.
 * </ul>
 */
public final class TaskEnvironment {
  private TaskEnvironment() {}

  public static Map<String, String> of(Dispatch dispatch) {
    Map<String, String> environment = new LinkedHashMap<>(dispatch.environment());
    environment.put("PORPOISE_TASK_INSTANCE_ID", dispatch.taskInstance().toString());
    environment.put("PORPOISE_WORKFLOW_INSTANCE_ID", dispatch.workflowInstance().toString());
    environment.put("PORPOISE_TASK_NAME", dispatch.name());
    environment.put("PORPOISE_TASK_TYPE", dispatch.taskType());
    return environment;
  }
}
