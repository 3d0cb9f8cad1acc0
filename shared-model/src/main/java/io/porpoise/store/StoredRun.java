package io.porpoise.store;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import java.util.List;
import java.util.Map;

/**
 * An instance as the database has it, with its valid task rows.
 *
 * @param formerAttempts of tasks, by code, that have rows which are no longer valid: the highest
 *     attempt among them
 */
public record StoredRun(
    WorkflowInstance instance, List<TaskInstance> tasks, Map<Long, Integer> formerAttempts) {
  public StoredRun(WorkflowInstance instance, List<TaskInstance> tasks) {
    this(instance, tasks, Map.of());
  }
}
