package io.porpoise.master.engine;

import static io.porpoise.master.engine.TaskStep.ignore;
import static io.porpoise.master.engine.TaskStep.move;
import static io.porpoise.master.engine.TaskStep.unexpected;

import io.porpoise.cluster.NodeId;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.master.engine.TaskEffect.Replace;
import io.porpoise.master.engine.TaskEvent.Assigned;
import io.porpoise.master.engine.TaskEvent.DelayDue;
import io.porpoise.master.engine.TaskEvent.Failed;
import io.porpoise.master.engine.TaskEvent.KillRequested;
import io.porpoise.master.engine.TaskEvent.Killed;
import io.porpoise.master.engine.TaskEvent.Lost;
import io.porpoise.master.engine.TaskEvent.NeverStarted;
import io.porpoise.master.engine.TaskEvent.Refused;
import io.porpoise.master.engine.TaskEvent.RetryDue;
import io.porpoise.master.engine.TaskEvent.Started;
import io.porpoise.master.engine.TaskEvent.Succeeded;
import io.porpoise.master.engine.TaskEvent.TimeoutDue;
import io.porpoise.master.engine.TaskEvent.Unpreparable;
import java.time.Instant;
import java.util.Map;

/**
 * The life of one attempt of one task, as a pure function. The full matrix is in {@code
 * docs/lifecycle.md}, which the tests check.
 *
 * <p>An attempt in DISPATCHED may already run, or never arrive: only its worker knows. So nothing
 * but the worker's word (or the certainty that the worker is gone) ends it; a kill is a wish until
 * then.
 */
public final class TaskLifecycle {
  private TaskLifecycle() {}

  /** Applies {@code event} to an attempt that is still valid. */
  public static TaskStep apply(TaskInstance task, TaskRules rules, TaskEvent event, Instant now) {
    if (isFromAnotherWorker(task, event) || isFormerRefusal(task, event)) {
      return ignore(task);
    }
    return switch (task.state()) {
      case DELAYED -> delayed(task, event, now);
      case SUBMITTED -> submitted(task, event, now);
      case DISPATCHED ->
          task.isKilling() ? killing(task, event, now) : dispatched(task, rules, event, now);
      case RUNNING ->
          task.isKilling() ? killing(task, event, now) : running(task, rules, event, now);
      case FAILED -> task.isRetryWaiting() ? retryWait(task, event) : ended(task, event);
      case SUCCEEDED, FORCED_SUCCESS, KILLED, PAUSED, LOST -> ended(task, event);
    };
  }

  private static TaskStep delayed(TaskInstance task, TaskEvent event, Instant now) {
    if (event instanceof DelayDue) {
      return move(
          task.change().state(TaskState.SUBMITTED).dueAt(null).done(), new TaskEffect.Enqueue());
    }
    if (event instanceof KillRequested kill) {
      return move(killed(task, kill.cause(), now));
    }
    if (event instanceof TimeoutDue) {
      return move(killed(task, KillCause.TIMEOUT, now));
    }
    return unexpected(task);
  }

  private static TaskStep submitted(TaskInstance task, TaskEvent event, Instant now) {
    if (event instanceof Assigned assigned) {
      return move(
          task.change()
              .state(TaskState.DISPATCHED)
              .worker(assigned.worker())
              .dispatches(task.dispatches() + 1)
              .params(assigned.params())
              .done(),
          new TaskEffect.SendDispatch(assigned.worker()));
    }
    if (event instanceof Unpreparable unpreparable) {
      return move(failed(task, null, null, unpreparable.reason(), now));
    }
    if (event instanceof KillRequested kill) {
      return move(killed(task, kill.cause(), now));
    }
    if (event instanceof TimeoutDue) {
      return move(killed(task, KillCause.TIMEOUT, now));
    }
    if (event instanceof RetryDue) {
      return unexpected(task);
    }
    return ignore(task); // what a former worker says late, after it has refused
  }

  private static TaskStep dispatched(
      TaskInstance task, TaskRules rules, TaskEvent event, Instant now) {
    if (event instanceof Started started) {
      return move(task.change().state(TaskState.RUNNING).startTime(started.at()).done());
    }
    if (event instanceof Refused) {
      return move(
          task.change().state(TaskState.SUBMITTED).worker(null).params(Map.of()).done(),
          new TaskEffect.Enqueue());
    }
    return running(task, rules, event, now); // the Started was lost or is overtaken
  }

  private static TaskStep running(
      TaskInstance task, TaskRules rules, TaskEvent event, Instant now) {
    if (event instanceof Succeeded success) {
      return move(succeeded(task, success, now));
    }
    if (event instanceof Failed failure) {
      return retryOrFail(task, rules, failure, now);
    }
    if (event instanceof Lost lost) {
      return replaceOrFail(task, rules, lost.reason(), now);
    }
    if (event instanceof Killed) {
      // Nobody here asked for it; the worker ended it for reasons of its own, so it counts as lost.
      return replaceOrFail(
          task,
          rules,
          new Reason("KILLED_BY_WORKER", "the worker " + task.worker() + " killed it"),
          now);
    }
    if (event instanceof KillRequested kill) {
      return move(
          task.change().killCause(kill.cause()).done(), new TaskEffect.SendKill(task.worker()));
    }
    if (event instanceof TimeoutDue) {
      return rules.onTimeout() == TimeoutStrategy.WARN
          ? ignore(task)
          : move(
              task.change().killCause(KillCause.TIMEOUT).done(),
              new TaskEffect.SendKill(task.worker()));
    }
    if (event instanceof Started || event instanceof DelayDue) {
      // A timer may fire twice when the instance left this master and came back.
      return ignore(task);
    }
    return unexpected(task);
  }

  private static TaskStep killing(TaskInstance task, TaskEvent event, Instant now) {
    if (event instanceof Started started) {
      return task.state() == TaskState.DISPATCHED
          ? move(task.change().state(TaskState.RUNNING).startTime(started.at()).done())
          : ignore(task);
    }
    if (event instanceof Succeeded success) {
      return move(succeeded(task, success, now)); // it was quicker than the kill
    }
    if (event instanceof Failed failure) {
      return move(failed(task, failure.startedAt(), failure.exitCode(), failure.reason(), now));
    }
    if (event instanceof Killed
        || event instanceof Lost
        || event instanceof Refused
        || event instanceof NeverStarted) {
      return move(killed(task, task.killCause(), now));
    }
    if (event instanceof KillRequested) {
      return ignore(task, new TaskEffect.SendKill(task.worker()));
    }
    if (event instanceof TimeoutDue || event instanceof DelayDue) {
      return ignore(task);
    }
    return unexpected(task);
  }

  private static TaskStep retryWait(TaskInstance task, TaskEvent event) {
    if (event instanceof RetryDue) {
      return move(task.change().valid(false).dueAt(null).done(), new Replace(Replace.Cause.RETRY));
    }
    if (event instanceof KillRequested) {
      return move(task.change().dueAt(null).done());
    }
    return event instanceof Assigned ? unexpected(task) : ignore(task);
  }

  private static TaskStep ended(TaskInstance task, TaskEvent event) {
    return event instanceof Assigned ? unexpected(task) : ignore(task);
  }

  private static TaskStep retryOrFail(
      TaskInstance task, TaskRules rules, Failed failure, Instant now) {
    TaskInstance failed =
        failed(task, failure.startedAt(), failure.exitCode(), failure.reason(), now);
    if (task.retries() >= rules.retriesMax()) {
      return move(failed);
    }
    Instant due = now.plus(rules.retryInterval());
    return move(failed.change().dueAt(due).done(), new TaskEffect.SetTimer(due, new RetryDue()));
  }

  private static TaskStep replaceOrFail(
      TaskInstance task, TaskRules rules, Reason reason, Instant now) {
    if (task.losses() >= rules.lostReplacementsMax()) {
      Reason why =
          new Reason(
              "LOST_TOO_OFTEN",
              "lost " + (task.losses() + 1) + " times in a row, the last time: " + reason.text());
      return move(failed(task, null, null, why, now));
    }
    return move(
        task.change().state(TaskState.LOST).valid(false).endTime(now).reason(reason).done(),
        new Replace(Replace.Cause.LOSS));
  }

  private static TaskInstance succeeded(TaskInstance task, Succeeded success, Instant now) {
    return task.change()
        .state(TaskState.SUCCEEDED)
        .startTime(started(task, success.startedAt()))
        .endTime(now)
        .exitCode(0)
        .outputs(success.outputs())
        .done();
  }

  private static TaskInstance failed(
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

  private static TaskInstance killed(TaskInstance task, KillCause cause, Instant now) {
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

  private static boolean isFormerRefusal(TaskInstance task, TaskEvent event) {
    return event instanceof Refused refusal && refusal.number() != task.dispatches();
  }

  private static boolean isFromAnotherWorker(TaskInstance task, TaskEvent event) {
    NodeId speaker = speaker(event);
    return speaker != null && task.worker() != null && !speaker.equals(task.worker());
  }

  private static NodeId speaker(TaskEvent event) {
    if (event instanceof Refused e) {
      return e.worker();
    }
    if (event instanceof Started e) {
      return e.worker();
    }
    if (event instanceof Succeeded e) {
      return e.worker();
    }
    if (event instanceof Failed e) {
      return e.worker();
    }
    if (event instanceof Killed e) {
      return e.worker();
    }
    if (event instanceof NeverStarted e) {
      return e.worker();
    }
    return event instanceof Lost e ? e.worker() : null;
  }
}
