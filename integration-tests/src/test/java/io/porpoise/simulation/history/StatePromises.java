package io.porpoise.simulation.history;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.worker.spool.Attempt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold of all rows and all processes at every moment. */
final class StatePromises {
  private final Truth truth;

  StatePromises(Truth truth) {
    this.truth = truth;
  }

  void look() {
    processesHaveRows();
    for (WorkflowInstance instance : truth.database.unfinished()) {
      List<TaskInstance> tasks = truth.database.tasks(instance.id());
      if (isEnding(instance)) {
        tasks.forEach(this::isBeingEnded);
      }
      if (instance.state() == WorkflowState.PAUSING) {
        tasks.forEach(this::hasBegun);
      }
    }
  }

  private void processesHaveRows() {
    Map<String, Attempt> byTask = new HashMap<>();
    for (Attempt attempt : truth.alive.values()) {
      TaskInstance row = truth.row(attempt);
      if (row == null) {
        continue; // said when it started
      }
      truth.check(
          row.valid() && row.state().isWithWorker(),
          "a process is alive only while its attempt is with a worker: %s is %s%s",
          row.id(),
          row.valid() ? "" : "invalid and ",
          row.state());
      Attempt other = byTask.put(row.workflowInstanceId() + "/" + row.code(), attempt);
      truth.check(
          other == null,
          "no two attempts of one task overlap as processes: %s and %s of %s",
          other == null ? null : other.id(),
          row.id(),
          row.name());
    }
  }

  /** Whether nothing new is to be started in it, and what runs is to be ended. */
  private boolean isEnding(WorkflowInstance instance) {
    if (instance.state() == WorkflowState.STOPPING) {
      return true;
    }
    return instance.state() == WorkflowState.RUNNING
        && truth.endsOnFailure(instance)
        && hasFailed(truth.edges(instance.id()));
  }

  private static boolean hasFailed(Edges edges) {
    return edges.hasUnmet(TaskState.FAILED) || edges.hasUnmet(TaskState.KILLED);
  }

  private void hasBegun(TaskInstance task) {
    boolean isWaiting =
        task.state() == TaskState.DELAYED
            || task.state() == TaskState.SUBMITTED
            || task.isRetryWaiting();
    truth.check(
        !task.valid() || !isWaiting,
        "in an instance that is being paused, nothing waits to begin: %s is %s",
        task.id(),
        task.state());
  }

  private void isBeingEnded(TaskInstance task) {
    if (task.valid() && (!task.state().isTerminal() || task.isRetryWaiting())) {
      truth.check(
          task.state().isWithWorker() && task.isKilling(),
          "in an instance that is being stopped, all that is left is being killed: %s is %s",
          task.id(),
          task.state());
    }
  }
}
