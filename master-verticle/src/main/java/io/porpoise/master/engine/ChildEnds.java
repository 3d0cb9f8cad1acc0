package io.porpoise.master.engine;

import static io.porpoise.master.engine.TaskRows.childReason;
import static io.porpoise.master.engine.TaskRows.failed;
import static io.porpoise.master.engine.TaskRows.killed;
import static io.porpoise.master.engine.TaskRows.paused;
import static io.porpoise.master.engine.TaskRows.succeeded;
import static io.porpoise.master.engine.TaskStep.ignore;
import static io.porpoise.master.engine.TaskStep.move;
import static io.porpoise.master.engine.TaskStep.unexpected;

import io.porpoise.instance.KillCause;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.TaskEvent.ChildEnded;
import io.porpoise.master.engine.TaskEvent.Failed;
import io.porpoise.master.engine.TaskEvent.Succeeded;
import java.time.Instant;

/** What the end of a child instance makes of the SUB_WORKFLOW attempt that waits for it. */
final class ChildEnds {
  private ChildEnds() {}

  static TaskStep meet(TaskInstance task, TaskRules rules, ChildEnded ended, Instant now) {
    if (isOldNews(task, ended)) {
      return ignore(task);
    }
    TaskInstance known = task.change().child(ended.child()).done();
    return switch (ended.state()) {
      case SUCCEEDED -> move(succeeded(known, new Succeeded(null, now, ended.outputs()), now));
      case FAILED ->
          TaskLifecycle.retryOrFail(
              known, rules, new Failed(null, now, null, childReason(ended)), now);
      case STOPPED ->
          move(killed(known, KillCause.USER, now).change().reason(childReason(ended)).done());
      case PAUSED -> move(paused(known, childReason(ended), now));
      case SUBMITTED, RUNNING, PAUSING, STOPPING, SERIAL_WAIT -> unexpected(task);
    };
  }

  static TaskStep meetUnderKill(TaskInstance task, ChildEnded ended, Instant now) {
    if (isOldNews(task, ended)) {
      return ignore(task);
    }
    TaskInstance known = task.change().child(ended.child()).done();
    if (ended.state() == WorkflowState.SUCCEEDED) {
      return move(succeeded(known, new Succeeded(null, now, ended.outputs()), now));
    }
    return ended.state() == WorkflowState.FAILED
        ? move(failed(known, now, null, childReason(ended), now))
        : move(killed(known, task.killCause(), now));
  }

  private static boolean isOldNews(TaskInstance task, ChildEnded ended) {
    return task.child() != null
        && (!task.child().id().equals(ended.child().id())
            || task.child().round() >= ended.child().round());
  }
}
