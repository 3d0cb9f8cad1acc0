package io.porpoise.master.engine;

import static io.porpoise.master.engine.TaskRows.childRuns;
import static io.porpoise.master.engine.TaskRows.decided;
import static io.porpoise.master.engine.TaskRows.doneAtOnce;
import static io.porpoise.master.engine.TaskRows.failed;
import static io.porpoise.master.engine.TaskRows.killed;
import static io.porpoise.master.engine.TaskRows.noWorker;
import static io.porpoise.master.engine.TaskRows.paused;
import static io.porpoise.master.engine.TaskRows.succeeded;
import static io.porpoise.master.engine.TaskStep.ignore;
import static io.porpoise.master.engine.TaskStep.move;
import static io.porpoise.master.engine.TaskStep.unexpected;

import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.master.engine.TaskEffect.Replace;
import io.porpoise.master.engine.TaskEvent.Assigned;
import io.porpoise.master.engine.TaskEvent.ChildEnded;
import io.porpoise.master.engine.TaskEvent.ChildRefused;
import io.porpoise.master.engine.TaskEvent.ChildStarted;
import io.porpoise.master.engine.TaskEvent.Decided;
import io.porpoise.master.engine.TaskEvent.DelayDue;
import io.porpoise.master.engine.TaskEvent.DispatchTimeoutDue;
import io.porpoise.master.engine.TaskEvent.Failed;
import io.porpoise.master.engine.TaskEvent.KillRequested;
import io.porpoise.master.engine.TaskEvent.Killed;
import io.porpoise.master.engine.TaskEvent.Lost;
import io.porpoise.master.engine.TaskEvent.NeverStarted;
import io.porpoise.master.engine.TaskEvent.PauseRequested;
import io.porpoise.master.engine.TaskEvent.Refused;
import io.porpoise.master.engine.TaskEvent.RetryDue;
import io.porpoise.master.engine.TaskEvent.SlotGranted;
import io.porpoise.master.engine.TaskEvent.Started;
import io.porpoise.master.engine.TaskEvent.Succeeded;
import io.porpoise.master.engine.TaskEvent.SuccessForced;
import io.porpoise.master.engine.TaskEvent.TimeoutDue;
import io.porpoise.master.engine.TaskEvent.Unpreparable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private static final Reason NOT_STARTED =
      new Reason("PAUSED", "the workflow instance was paused before it started");

  private TaskLifecycle() {}

  /** Applies {@code event} to an attempt that is still valid. */
  public static TaskStep apply(TaskInstance task, TaskRules rules, TaskEvent event, Instant now) {
    if (isFromAnotherWorker(task, event) || isFormerRefusal(task, event)) {
      return ignore(task);
    }
    return switch (task.state()) {
      case DELAYED -> delayed(task, rules, event, now);
      case SUBMITTED -> submitted(task, rules, event, now);
      case DISPATCHED ->
          task.isKilling() ? killing(task, event, now) : dispatched(task, rules, event, now);
      case RUNNING ->
          task.isKilling() ? killing(task, event, now) : running(task, rules, event, now);
      case FAILED -> task.isRetryWaiting() ? retryWait(task, event) : ended(task, event);
      case KILLED -> ended(task, event);
      case SUCCEEDED, FORCED_SUCCESS, PAUSED, LOST -> ended(task, event);
    };
  }

  /** What happens to an attempt that has just been made, or that a new owner finds not started. */
  static TaskStep released(TaskInstance task, TaskRules rules, Instant now) {
    return task.claim() == null
        ? begin(task, rules, now)
        : ignore(task, new TaskEffect.AwaitSlot());
  }

  private static TaskStep begin(TaskInstance task, TaskRules rules, Instant now) {
    return switch (rules.kind()) {
      case PROCESS -> enqueued(task, rules, now);
      case DECISION -> ignore(task, new TaskEffect.Decide());
      case CHILD ->
          move(task.change().state(TaskState.DISPATCHED).done(), new TaskEffect.StartChild());
      case NO_OP -> move(doneAtOnce(task, now));
    };
  }

  private static TaskStep enqueued(TaskInstance task, TaskRules rules, Instant now) {
    if (rules.dispatchTimeout().isZero()) {
      return ignore(task, new TaskEffect.Enqueue());
    }
    return ignore(
        task,
        new TaskEffect.Enqueue(),
        new TaskEffect.SetTimer(
            now.plus(rules.dispatchTimeout()), new DispatchTimeoutDue(task.dispatches())));
  }

  private static TaskStep delayed(
      TaskInstance task, TaskRules rules, TaskEvent event, Instant now) {
    if (event instanceof DelayDue) {
      TaskInstance due = task.change().state(TaskState.SUBMITTED).dueAt(null).done();
      TaskStep step = released(due, rules, now);
      return new TaskStep(StepKind.MOVED, step.task(), step.effects());
    }
    return notStarted(task, rules, event, now, unexpected(task));
  }

  /** What may happen to an attempt of which nobody but its owner knows. */
  private static TaskStep notStarted(
      TaskInstance task, TaskRules rules, TaskEvent event, Instant now, TaskStep otherwise) {
    if (event instanceof KillRequested kill) {
      return move(killed(task, kill.cause(), now));
    }
    if (event instanceof PauseRequested) {
      return move(paused(task, NOT_STARTED, now));
    }
    if (event instanceof TimeoutDue) {
      return timedOut(task, rules, killed(task, KillCause.TIMEOUT, now));
    }
    return otherwise;
  }

  /** A timeout that only warns leaves the attempt as it is. */
  private static TaskStep timedOut(
      TaskInstance task, TaskRules rules, TaskInstance ended, TaskEffect... effects) {
    List<TaskEffect> all = new ArrayList<>();
    if (rules.onTimeout() != TimeoutStrategy.FAILED) {
      all.add(new TaskEffect.AlertTimeout());
    }
    if (rules.onTimeout() == TimeoutStrategy.WARN) {
      return new TaskStep(StepKind.IGNORED, task, all);
    }
    all.addAll(List.of(effects));
    return new TaskStep(StepKind.MOVED, ended, all);
  }

  private static TaskStep submitted(
      TaskInstance task, TaskRules rules, TaskEvent event, Instant now) {
    if (event instanceof SlotGranted) {
      return begin(task, rules, now);
    }
    if (event instanceof Decided decided) {
      return move(decided(task, decided, now));
    }
    if (event instanceof DispatchTimeoutDue due) {
      return due.dispatches() == task.dispatches()
          ? retryOrFail(task, rules, new Failed(null, null, null, noWorker(task, rules)), now)
          : ignore(task);
    }
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
    if (event instanceof RetryDue || event instanceof ChildStarted || event instanceof ChildEnded) {
      return unexpected(task);
    }
    // What a former worker says late, after it has refused, means nothing.
    return notStarted(task, rules, event, now, ignore(task));
  }

  private static TaskStep dispatched(
      TaskInstance task, TaskRules rules, TaskEvent event, Instant now) {
    if (event instanceof Started started) {
      return move(task.change().state(TaskState.RUNNING).startTime(started.at()).done());
    }
    if (event instanceof ChildStarted started) {
      return move(childRuns(task, started.child(), now));
    }
    if (event instanceof ChildRefused refused) {
      return retryOrFail(task, rules, new Failed(null, null, null, refused.reason()), now);
    }
    if (event instanceof Refused) {
      TaskInstance again =
          task.change().state(TaskState.SUBMITTED).worker(null).params(Map.of()).done();
      return new TaskStep(StepKind.MOVED, again, enqueued(again, rules, now).effects());
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
    if (event instanceof ChildEnded ended) {
      return ChildEnds.meet(task, rules, ended, now);
    }
    if (event instanceof KillRequested kill) {
      return move(task.change().killCause(kill.cause()).done(), kill(task));
    }
    if (event instanceof PauseRequested) {
      return task.state() == TaskState.RUNNING && rules.kind() == TaskRules.Kind.CHILD
          ? ignore(task, new TaskEffect.PauseChild())
          : ignore(task); // what runs runs to its end
    }
    if (event instanceof TimeoutDue) {
      TaskInstance killing = task.change().killCause(KillCause.TIMEOUT).done();
      return timedOut(task, rules, killing, kill(task));
    }
    if (event instanceof Started
        || event instanceof ChildStarted
        || event instanceof ChildRefused
        || isLateTimer(event)) {
      return ignore(task);
    }
    return unexpected(task);
  }

  /** A timer may fire twice when the instance left this master and came back. */
  private static boolean isLateTimer(TaskEvent event) {
    return event instanceof DelayDue
        || event instanceof TimeoutDue
        || event instanceof DispatchTimeoutDue
        || event instanceof SlotGranted;
  }

  /** A child that has not been heard of yet is stopped as soon as it is. */
  private static TaskEffect[] kill(TaskInstance task) {
    if (task.worker() != null) {
      return new TaskEffect[] {new TaskEffect.SendKill(task.worker())};
    }
    return task.state() == TaskState.RUNNING
        ? new TaskEffect[] {new TaskEffect.StopChild()}
        : new TaskEffect[0];
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
    if (event instanceof ChildStarted started) {
      TaskInstance running = childRuns(task, started.child(), now);
      return task.state() == TaskState.DISPATCHED ? move(running, kill(running)) : ignore(task);
    }
    if (event instanceof ChildRefused) {
      return task.state() == TaskState.DISPATCHED
          ? move(killed(task, task.killCause(), now))
          : ignore(task);
    }
    if (event instanceof ChildEnded ended) {
      return ChildEnds.meetUnderKill(task, ended, now);
    }
    if (event instanceof KillRequested) {
      return ignore(task, kill(task));
    }
    return isLateTimer(event) || event instanceof PauseRequested ? ignore(task) : unexpected(task);
  }

  private static TaskStep retryWait(TaskInstance task, TaskEvent event) {
    if (event instanceof PauseRequested) {
      // The next attempt is made at once, and paused: a resume goes on with it.
      return move(task.change().valid(false).dueAt(null).done(), new Replace(Replace.Cause.RETRY));
    }
    if (event instanceof RetryDue) {
      return move(task.change().valid(false).dueAt(null).done(), new Replace(Replace.Cause.RETRY));
    }
    if (event instanceof KillRequested) {
      return move(task.change().dueAt(null).done());
    }
    return event instanceof Assigned ? unexpected(task) : ignore(task);
  }

  private static TaskStep ended(TaskInstance task, TaskEvent event) {
    boolean isFailure = task.state() == TaskState.FAILED || task.state() == TaskState.KILLED;
    if (event instanceof SuccessForced && isFailure) {
      return move(task.change().state(TaskState.FORCED_SUCCESS).done());
    }
    return event instanceof Assigned ? unexpected(task) : ignore(task);
  }

  static TaskStep retryOrFail(TaskInstance task, TaskRules rules, Failed failure, Instant now) {
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

  private static boolean isFormerRefusal(TaskInstance task, TaskEvent event) {
    return event instanceof Refused refusal && refusal.number() != task.dispatches();
  }

  private static boolean isFromAnotherWorker(TaskInstance task, TaskEvent event) {
    return event instanceof TaskEvent.OfWorker said
        && task.worker() != null
        && !task.worker().equals(said.worker());
  }
}
