package io.porpoise.master.engine;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import java.util.Locale;

/** How an instance ends in which nothing more can happen (SEMANTICS.md, section 2). */
final class Ends {
  private static final Reason OUTPUTS_TOO_LARGE =
      new Reason(
          "OUTPUTS_TOO_LARGE",
          "its outputs have more than "
              + RunOutputs.BYTES_MAX
              + " bytes together; write large results to files");

  private Ends() {}

  static WorkflowState of(WorkflowRun run) {
    boolean killed = run.hasUnmet(TaskState.KILLED);
    WorkflowState state = run.instance().state();
    if (state == WorkflowState.STOPPING && (killed || hasPaused(run) || hasCancelled(run))) {
      return WorkflowState.STOPPED;
    }
    // A task can be paused without the instance: when its child instance was.
    if (hasPaused(run) || (state == WorkflowState.PAUSING && hasUnstarted(run))) {
      return WorkflowState.PAUSED;
    }
    if (run.hasUnmet(TaskState.FAILED)) {
      return WorkflowState.FAILED;
    }
    if (killed) {
      return WorkflowState.STOPPED;
    }
    return RunOutputs.areTooLarge(run) ? WorkflowState.FAILED : WorkflowState.SUCCEEDED;
  }

  private static boolean hasPaused(WorkflowRun run) {
    return run.firstPaused() != null;
  }

  /** Whether the stop kept something from running: a task not yet started, or a retry. */
  private static boolean hasCancelled(WorkflowRun run) {
    for (int node = 0; node < run.graph().size(); node++) {
      TaskInstance task = run.current(node);
      if (task != null
          && task.state() == TaskState.FAILED
          && task.retries() < run.graph().task(node).failRetryTimes()) {
        return true;
      }
    }
    return hasUnstarted(run);
  }

  private static boolean hasUnstarted(WorkflowRun run) {
    for (int node = 0; node < run.graph().size(); node++) {
      if (run.current(node) == null && run.readiness().isUndecided(node)) {
        return true;
      }
    }
    return false;
  }

  /** Who stopped or paused it, or which task is to blame; null for a success. */
  static Reason reason(WorkflowRun run, WorkflowState end) {
    return switch (end) {
      case STOPPED -> asked(run, run.firstUnmet(TaskState.KILLED));
      case PAUSED -> asked(run, run.firstPaused());
      case FAILED ->
          run.hasUnmet(TaskState.FAILED)
              ? blame(run.firstUnmet(TaskState.FAILED))
              : OUTPUTS_TOO_LARGE;
      case SUCCEEDED, SUBMITTED, RUNNING, PAUSING, STOPPING, SERIAL_WAIT -> null;
    };
  }

  private static Reason asked(WorkflowRun run, TaskInstance culprit) {
    return run.instance().reason() != null ? run.instance().reason() : blame(culprit);
  }

  private static Reason blame(TaskInstance task) {
    return new Reason("TASK_" + task.state(), "task '" + task.name() + "' " + how(task));
  }

  private static String how(TaskInstance task) {
    return task.reason() != null
        ? task.state().name().toLowerCase(Locale.ROOT) + ": " + task.reason().text()
        : "failed with exit code " + task.exitCode();
  }
}
