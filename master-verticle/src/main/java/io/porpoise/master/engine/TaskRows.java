package io.porpoise.master.engine;

import io.porpoise.instance.ChildRun;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.master.engine.TaskEvent.ChildEnded;
import io.porpoise.master.engine.TaskEvent.Decided;
import io.porpoise.master.engine.TaskEvent.Succeeded;
import java.time.Instant;

/** What the row of an attempt looks like after each of its ends, and why it ended so. */
final class TaskRows {
  private TaskRows() {}

  static TaskInstance succeeded(TaskInstance task, Succeeded success, Instant now) {
    return task.change()
        .state(TaskState.SUCCEEDED)
        .startTime(started(task, success.startedAt()))
        .endTime(now)
        .exitCode(success.worker() == null ? null : 0)
        .outputs(success.outputs())
        .done();
  }

  static TaskInstance failed(
      TaskInstance task, Instant startedAt, Integer exitCode, Reason reason, Instant now) {
    return task.change()
        .state(TaskState.FAILED)
        .startTime(started(task, startedAt))
        .endTime(now)
        .exitCode(exitCode)
        .reason(reason)
        .done();
  }

  private static Instant started(TaskInstance task, Instant asReported) {
    return task.startTime() != null ? task.startTime() : asReported;
  }

  static TaskInstance killed(TaskInstance task, KillCause cause, Instant now) {
    return task.change()
        .state(TaskState.KILLED)
        .killCause(cause)
        .endTime(now)
        .dueAt(null)
        .reason(reasonOf(cause))
        .done();
  }

  private static Reason reasonOf(KillCause cause) {
    return switch (cause) {
      case STOP -> new Reason("STOPPED", "the workflow instance was stopped");
      case USER -> new Reason("KILLED", "killed by hand");
      case TIMEOUT -> new Reason("TIMEOUT", "took longer than its timeout");
      case FAILURE_STRATEGY ->
          new Reason("FAILURE_STRATEGY", "another task failed and the failure strategy is END");
    };
  }

  static TaskInstance decided(TaskInstance task, Decided decided, Instant now) {
    return task.change()
        .state(TaskState.SUCCEEDED)
        .branch(decided.branch())
        .params(decided.params())
        .startTime(now)
        .endTime(now)
        .done();
  }

  static TaskInstance doneAtOnce(TaskInstance task, Instant now) {
    return task.change().state(TaskState.SUCCEEDED).dueAt(null).startTime(now).endTime(now).done();
  }

  static Reason noWorker(TaskInstance task, TaskRules rules) {
    return new Reason(
        "DISPATCH_TIMEOUT",
        "no worker of the group "
            + task.workerGroup()
            + " has taken it within "
            + rules.dispatchTimeout().toSeconds()
            + " s");
  }

  static TaskInstance childRuns(TaskInstance task, ChildRun child, Instant now) {
    return task.change()
        .state(TaskState.RUNNING)
        .child(task.child() == null ? child : task.child())
        .startTime(now)
        .done();
  }

  static Reason childReason(ChildEnded ended) {
    String what = "sub-workflow instance " + ended.child().id() + " has " + ended.state().name();
    return new Reason(
        "CHILD_" + ended.state(),
        ended.reason() == null ? what : what + ": " + ended.reason().text());
  }

  static TaskInstance paused(TaskInstance task, Reason why, Instant now) {
    return task.change().state(TaskState.PAUSED).dueAt(null).endTime(now).reason(why).done();
  }
}
