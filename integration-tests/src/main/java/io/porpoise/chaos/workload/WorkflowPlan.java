package io.porpoise.chaos.workload;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A workflow and what must come of it.
 *
 * @param tasks each after those that it depends on
 * @param endsOnFailure failure strategy END
 * @param isSerial execution type SERIAL_WAIT
 */
public record WorkflowPlan(
    String name, boolean endsOnFailure, boolean isSerial, List<TaskPlan> tasks) {
  public WorkflowPlan {
    tasks = List.copyOf(tasks);
  }

  public TaskPlan task(String taskName) {
    return tasks.stream().filter(task -> task.name().equals(taskName)).findFirst().orElseThrow();
  }

  /** The tasks that succeed when nobody stops or kills anything, and no failure ends the others. */
  public Set<String> succeeding() {
    Set<String> found = new TreeSet<>();
    for (TaskPlan task : tasks) {
      if (task.succeeds() && found.containsAll(task.deps())) {
        found.add(task.name());
      }
    }
    return found;
  }

  /** The tasks that are tried and fail, under the same conditions. */
  public Set<String> failing() {
    Set<String> succeeding = succeeding();
    Set<String> found = new TreeSet<>();
    for (TaskPlan task : tasks) {
      if (!task.succeeds() && succeeding.containsAll(task.deps())) {
        found.add(task.name());
      }
    }
    return found;
  }

  String yaml(Journal journal) {
    StringBuilder yaml = new StringBuilder("workflow:\n");
    yaml.append("  name: ").append(name).append('\n');
    yaml.append("  failure_strategy: ").append(endsOnFailure ? "END" : "CONTINUE").append('\n');
    yaml.append("  execution_type: ").append(isSerial ? "SERIAL_WAIT" : "PARALLEL").append('\n');
    yaml.append("tasks:\n");
    for (TaskPlan task : tasks) {
      yaml.append("  - name: ").append(task.name()).append('\n');
      yaml.append("    task_type: Shell\n");
      yaml.append("    deps: ").append(task.deps()).append('\n');
      yaml.append("    fail_retry_times: ").append(task.retries()).append('\n');
      yaml.append("    fail_retry_interval: 1s\n");
      yaml.append("    on_worker_loss: ").append(task.atOnce() ? "at_once" : "fenced").append('\n');
      yaml.append("    output_params: [").append(task.output()).append("]\n");
      yaml.append("    command: '").append(journal.command(this, task)).append("'\n");
    }
    return yaml.toString();
  }
}
