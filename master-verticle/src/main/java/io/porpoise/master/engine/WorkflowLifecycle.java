package io.porpoise.master.engine;

import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.TaskEffect.Replace;
import io.porpoise.master.engine.WorkflowEvent.Adopted;
import io.porpoise.master.engine.WorkflowEvent.Begin;
import io.porpoise.master.engine.WorkflowEvent.OfTask;
import io.porpoise.master.engine.WorkflowEvent.StopRequested;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The life of one workflow instance with all its tasks (SEMANTICS.md, section 2). Changes the run
 * that it is given and tells what changed; deterministic, so a run rebuilt from the rows goes on in
 * the same way.
 */
public final class WorkflowLifecycle {
  private WorkflowLifecycle() {}

  /**
   * Applies one event.
   *
   * @param taskIds ids for new attempts; at most one per task of the definition is taken
   * @param lostReplacementsMax how often in a row a LOST attempt is replaced before its task FAILED
   */
  public static Step apply(
      WorkflowRun run,
      WorkflowEvent event,
      Instant now,
      LongSupplier taskIds,
      int lostReplacementsMax) {
    Turn turn = new Turn(run, now, taskIds, lostReplacementsMax);
    StepKind kind;
    if (run.instance().isFinished()) {
      kind = StepKind.IGNORED;
    } else if (event instanceof Begin) {
      kind = begin(turn);
    } else if (event instanceof Adopted) {
      kind = adopted(turn);
    } else if (event instanceof StopRequested stop) {
      kind = stop(turn, stop);
    } else {
      kind = ofTask(turn, (OfTask) event);
    }
    settle(turn);
    return turn.step(kind);
  }

  private static StepKind begin(Turn turn) {
    if (turn.state() != WorkflowState.SUBMITTED) {
      return StepKind.UNEXPECTED;
    }
    turn.change(turn.run.instance().started(turn.now), "Begin", "master");
    turn.run.readiness().begin(turn::submit);
    return StepKind.MOVED;
  }

  /** Timers, queues and words to workers live in memory only: they are made again from the rows. */
  private static StepKind adopted(Turn turn) {
    if (turn.state() == WorkflowState.SUBMITTED) {
      return begin(turn);
    }
    for (TaskInstance task : turn.run.tasks()) {
      if (!WorkflowRun.isOpen(task)) {
        continue;
      }
      turn.setTimeout(task);
      if (task.isRetryWaiting()) {
        turn.timer(task, task.dueAt(), new TaskEvent.RetryDue());
      } else if (task.state() == TaskState.DELAYED) {
        turn.timer(task, task.dueAt(), new TaskEvent.DelayDue());
      } else if (task.state() == TaskState.SUBMITTED) {
        turn.effects.add(new Effect.Enqueue(task));
      } else if (task.isKilling()) {
        turn.effects.add(new Effect.SendKill(task.id(), task.worker()));
      } else if (task.state() == TaskState.DISPATCHED) {
        turn.effects.add(new Effect.SendDispatch(task.id(), task.worker(), task.dispatches()));
      }
    }
    return StepKind.MOVED;
  }

  private static StepKind stop(Turn turn, StopRequested stop) {
    StepKind kind = StepKind.IGNORED;
    if (turn.state() != WorkflowState.STOPPING) {
      Reason why = new Reason("STOPPED", "stopped by " + stop.actor());
      turn.change(
          turn.run.instance().to(WorkflowState.STOPPING, why), "StopRequested", stop.actor());
      kind = StepKind.MOVED;
    }
    killOpenTasks(turn, KillCause.STOP, stop.actor()); // a second stop sends the kills again
    return kind;
  }

  private static void killOpenTasks(Turn turn, KillCause cause, String actor) {
    if (turn.isKillingAll) {
      return;
    }
    turn.isKillingAll = true;
    for (TaskInstance task : turn.run.tasks()) {
      if (WorkflowRun.isOpen(task)) {
        ofTask(turn, new OfTask(task.id(), new TaskEvent.KillRequested(cause), actor));
      }
    }
    turn.isKillingAll = false;
  }

  private static StepKind ofTask(Turn turn, OfTask event) {
    int node = turn.run.nodeOf(event.task());
    if (node < 0) {
      return StepKind.IGNORED; // about an attempt whose place another has taken
    }
    TaskInstance before = turn.run.current(node);
    TaskRules rules = TaskRules.of(turn.run.graph().task(node), turn.lostReplacementsMax);
    TaskStep step = TaskLifecycle.apply(before, rules, event.event(), turn.now);
    if (step.kind() == StepKind.MOVED) {
      turn.put(node, before, step.task(), event);
    }
    for (TaskEffect effect : step.effects()) {
      perform(turn, node, step.task(), effect);
    }
    if (step.kind() == StepKind.MOVED && step.task().valid()) {
      taskMayHaveEnded(turn, node, step.task(), event.actor());
    }
    return step.kind();
  }

  private static void perform(Turn turn, int node, TaskInstance task, TaskEffect effect) {
    if (effect instanceof TaskEffect.Enqueue) {
      turn.effects.add(new Effect.Enqueue(task));
    } else if (effect instanceof TaskEffect.SendDispatch send) {
      turn.effects.add(new Effect.SendDispatch(task.id(), send.worker(), task.dispatches()));
    } else if (effect instanceof TaskEffect.SendKill send) {
      turn.effects.add(new Effect.SendKill(task.id(), send.worker()));
    } else if (effect instanceof TaskEffect.SetTimer timer) {
      turn.timer(task, timer.at(), timer.event());
    } else {
      turn.replace(node, task, ((Replace) effect).cause());
    }
  }

  private static void taskMayHaveEnded(Turn turn, int node, TaskInstance task, String actor) {
    if (WorkflowRun.isOpen(task)) {
      return;
    }
    boolean failed = !task.state().isSuccess();
    if (failed && turn.state() == WorkflowState.RUNNING && endsOnFailure(turn.run)) {
      killOpenTasks(turn, KillCause.FAILURE_STRATEGY, actor);
    }
    turn.run.readiness().decide(node, WorkflowRun.verdict(task), turn::submit);
  }

  private static boolean endsOnFailure(WorkflowRun run) {
    FailureStrategy chosen = run.instance().options().failureStrategy();
    return (chosen != null ? chosen : run.definition().definition().failureStrategy())
        == FailureStrategy.END;
  }

  /** Whether tasks that become ready are still to be started. */
  static boolean startsTasks(WorkflowRun run) {
    return run.instance().state() == WorkflowState.RUNNING
        && !(endsOnFailure(run)
            && (run.hasFinal(TaskState.FAILED) || run.hasFinal(TaskState.KILLED)));
  }

  /** Ends the instance when nothing more can happen in it. */
  private static void settle(Turn turn) {
    WorkflowRun run = turn.run;
    if (run.instance().isFinished()
        || turn.state() == WorkflowState.SUBMITTED
        || run.hasOpenTasks()) {
      return;
    }
    WorkflowState end = endState(run);
    Reason why =
        end == WorkflowState.STOPPED && run.instance().reason() != null
            ? run.instance().reason()
            : endReason(run, end);
    turn.change(run.instance().ended(end, why, RunOutputs.of(run), turn.now), "Settled", "master");
    turn.effects.add(new Effect.Forget());
  }

  private static WorkflowState endState(WorkflowRun run) {
    boolean killed = run.hasFinal(TaskState.KILLED);
    if (run.instance().state() == WorkflowState.STOPPING && (killed || hasCancelled(run))) {
      return WorkflowState.STOPPED;
    }
    if (run.hasFinal(TaskState.FAILED)) {
      return WorkflowState.FAILED;
    }
    return killed ? WorkflowState.STOPPED : WorkflowState.SUCCEEDED;
  }

  /** Whether the stop kept something from running: a task not yet started, or a retry. */
  private static boolean hasCancelled(WorkflowRun run) {
    for (int node = 0; node < run.graph().size(); node++) {
      TaskInstance task = run.current(node);
      if (task == null && run.readiness().isUndecided(node)) {
        return true;
      }
      if (task != null
          && task.state() == TaskState.FAILED
          && task.retries() < run.graph().task(node).failRetryTimes()) {
        return true;
      }
    }
    return false;
  }

  private static Reason endReason(WorkflowRun run, WorkflowState end) {
    TaskState culprit = end == WorkflowState.FAILED ? TaskState.FAILED : TaskState.KILLED;
    for (TaskInstance task : run.tasks()) {
      if (end != WorkflowState.SUCCEEDED && task.state() == culprit) {
        return new Reason("TASK_" + culprit, "task '" + task.name() + "' " + how(task));
      }
    }
    return null;
  }

  private static String how(TaskInstance task) {
    return task.reason() != null
        ? task.state().name().toLowerCase(java.util.Locale.ROOT) + ": " + task.reason().text()
        : "failed with exit code " + task.exitCode();
  }
}
