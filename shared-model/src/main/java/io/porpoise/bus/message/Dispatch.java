package io.porpoise.bus.message;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;
import java.util.Map;

/**
 * Everything a worker needs to run one attempt.
 *
 * @param epoch the owner's epoch of the instance's slot; older than what the worker has seen is
 *     refused
 * @param number counts the dispatches of this task instance; a refusal holds for this number and
 *     all before it
 * @param taskParams what the task type asks for, placeholders already resolved
 * @param params the resolved parameters, for display and for types that bind them
 * @param outputNames OUT parameters to collect; empty: the log is not scanned
 * @param environment variables of the task's process
 */
public record Dispatch(
    TaskInstanceId taskInstance,
    WorkflowInstanceId workflowInstance,
    long epoch,
    int number,
    String taskType,
    String name,
    Map<String, Object> taskParams,
    Map<String, String> params,
    List<String> outputNames,
    Map<String, String> environment) {
  public int slot() {
    return workflowInstance.slot();
  }
}
