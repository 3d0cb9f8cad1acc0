package io.porpoise.master.engine;

import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.TaskEffect.Replace;
import io.porpoise.master.engine.WorkflowEvent.Admitted;
import io.porpoise.master.engine.WorkflowEvent.Adopted;
import io.porpoise.master.engine.WorkflowEvent.Begin;
import io.porpoise.master.engine.WorkflowEvent.OfTask;
import io.porpoise.master.engine.WorkflowEvent.PauseRequested;
import io.porpoise.master.engine.WorkflowEvent.ReopenRequested;
import io.porpoise.master.engine.WorkflowEvent.StopRequested;
import io.porpoise.master.engine.WorkflowEvent.TimeoutDue;
import io.porpoise.store.Batch.Alert;
import java.time.Duration;
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
   * @param taskIds ids for new attempts; at most one per task of the definition is taken, and one
   *     more
   */
  public static Step apply(
      WorkflowRun run,
      WorkflowEvent event,
      Instant now,
      LongSupplier taskIds,
      EngineSettings settings) {
    Turn turn = new Turn(run, now, taskIds, settings);
    StepKind kind = run.instance().isFinished() ? finished(turn, event) : unfinished(turn, event);
    settle(turn);
    return turn.step(kind);
  }

  private static StepKind finished(Turn turn, WorkflowEvent event) {
    StepKind kind = StepKind.IGNORED;
    if (event instanceof ReopenRequested reopen) {
      kind = Reopenings.reopen(turn, reopen);
    } else if (event instanceof OfTask ofTask
        && ofTask.event() instanceof TaskEvent.SuccessForced) {
      kind = ofTask(turn, ofTask);
    }
    if (turn.run.instance().isFinished()) {
      turn.effects.add(new Effect.Forget());
    }
    return kind;
  }

  private static StepKind unfinished(Turn turn, WorkflowEvent event) {
    if (event instanceof Begin) {
      return turn.state() == WorkflowState.SUBMITTED ? begin(turn) : StepKind.UNEXPECTED;
    }
    if (event instanceof Adopted) {
      return Adoption.adopt(turn);
    }
    if (event instanceof Admitted admitted) {
      return admitted(turn, admitted);
    }
    if (event instanceof StopRequested stop) {
      return stop(turn, stop);
    }
    if (event instanceof PauseRequested pause) {
      return pause(turn, pause);
    }
    if (event instanceof ReopenRequested reopen) {
      return Reopenings.refuse(turn, reopen);
    }
    if (event instanceof TimeoutDue due) {
      return timedOut(turn, due);
    }
    OfTask ofTask = (OfTask) event;
    return ofTask.event() instanceof TaskEvent.SuccessForced
        ? StepKind.IGNORED
        : ofTask(turn, ofTask);
  }

  static StepKind begin(Turn turn) {
    turn.change(turn.run.instance().started(turn.now), "Begin", "master");
    setTimeout(turn);
    turn.run.readiness().begin(turn::submit);
    return StepKind.MOVED;
  }

  /** The timeout of an instance counts from its start, or from its last rerun. */
  static void setTimeout(Turn turn) {
    Duration timeout = turn.run.definition().definition().timeout();
    if (timeout != null && !timeout.isZero()) {
      WorkflowInstance instance = turn.run.instance();
      turn.effects.add(
          new Effect.SetTimer(
              instance.startTime().plus(timeout), new TimeoutDue(instance.round())));
    }
  }

  /** The instance goes on; only people are told, once (the store keeps a second alert out). */
  private static StepKind timedOut(Turn turn, TimeoutDue due) {
    WorkflowInstance instance = turn.run.instance();
    if (due.round() == instance.round() && instance.startTime() != null) {
      long minutes = turn.run.definition().definition().timeout().toMinutes();
      turn.alert(
          Alert.Kind.WORKFLOW_TIMEOUT, null, "it takes longer than its " + minutes + " minutes");
    }
    return StepKind.IGNORED;
  }

  private static StepKind admitted(Turn turn, Admitted admitted) {
    WorkflowInstance instance = turn.run.instance();
    if (instance.state() != WorkflowState.SERIAL_WAIT || instance.ticket() != admitted.ticket()) {
      return StepKind.IGNORED;
    }
    if (instance.reopening() == null) {
      return begin(turn);
    }
    Reopenings.goOn(turn, instance.reopening(), "Admitted", "master");
    return StepKind.MOVED;
  }

  private static StepKind stop(Turn turn, StopRequested stop) {
    Reason why = new Reason("STOPPED", "stopped by " + stop.actor());
    WorkflowState before = turn.state();
    if (before == WorkflowState.SUBMITTED || before == WorkflowState.SERIAL_WAIT) {
      end(turn, WorkflowState.STOPPED, why, "StopRequested", stop.actor());
      return StepKind.MOVED;
    }
    if (before != WorkflowState.STOPPING) {
      turn.change(
          turn.run.instance().to(WorkflowState.STOPPING, why), "StopRequested", stop.actor());
    }
    killOpenTasks(turn, KillCause.STOP, stop.actor()); // a second stop sends the kills again
    return before == WorkflowState.STOPPING ? StepKind.IGNORED : StepKind.MOVED;
  }

  private static StepKind pause(Turn turn, PauseRequested pause) {
    Reason why = new Reason("PAUSED", "paused by " + pause.actor());
    if (turn.state() == WorkflowState.SERIAL_WAIT) {
      end(turn, WorkflowState.PAUSED, why, "PauseRequested", pause.actor()); // it leaves the queue
      return StepKind.MOVED;
    }
    if (turn.state() != WorkflowState.RUNNING) {
      return StepKind.IGNORED;
    }
    turn.change(
        turn.run.instance().to(WorkflowState.PAUSING, why), "PauseRequested", pause.actor());
    for (TaskInstance task : turn.run.tasks()) {
      if (WorkflowRun.isOpen(task)) {
        ofTask(turn, new OfTask(task.id(), new TaskEvent.PauseRequested(), pause.actor()));
      }
    }
    return StepKind.MOVED;
  }

  private static void killOpenTasks(Turn turn, KillCause cause, String actor) {
    if (turn.isKillingAll) {
      return;
    }
    turn.isKillingAll = true;
    for (TaskInstance task : turn.run.tasks()) {
      // Only a stop sends kills again: a failure strategy would, for each task that dies of it.
      boolean isAsked = cause == KillCause.STOP || !task.isKilling();
      if (WorkflowRun.isOpen(task) && isAsked) {
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
    TaskRules rules = TaskRules.of(turn.run.graph().task(node), turn.settings);
    TaskStep step = TaskLifecycle.apply(before, rules, event.event(), turn.now);
    meet(turn, node, before, step, event);
    return step.kind();
  }

  static void meet(Turn turn, int node, TaskInstance before, TaskStep step, OfTask event) {
    TaskInstance after = step.task();
    if (step.kind() == StepKind.MOVED) {
      turn.put(node, before, after, event);
    }
    for (TaskEffect effect : step.effects()) {
      if (effect instanceof Replace replace) {
        turn.replace(node, after, replace.cause());
      } else {
        turn.perform(after, effect);
      }
    }
    if (step.kind() == StepKind.MOVED) {
      freeSlot(turn, before, after);
      if (after.valid()) {
        keepPaused(turn, after, event.actor());
        taskMayHaveEnded(turn, node, turn.run.current(node), event.actor());
      }
    }
  }

  private static void freeSlot(Turn turn, TaskInstance before, TaskInstance after) {
    if (after.claim() != null && !before.state().isTerminal() && after.state().isTerminal()) {
      turn.effects.add(new Effect.FreeSlot(after.claim().group()));
    }
  }

  /** While it is being paused nothing that has not started may start, and nothing is retried. */
  private static void keepPaused(Turn turn, TaskInstance task, String actor) {
    boolean waits = task.isRetryWaiting() || task.state() == TaskState.SUBMITTED;
    boolean isNewChild =
        task.state() == TaskState.RUNNING && task.child() != null && task.killCause() == null;
    if (turn.state() == WorkflowState.PAUSING && (waits || isNewChild)) {
      ofTask(turn, new OfTask(task.id(), new TaskEvent.PauseRequested(), actor));
    }
  }

  private static void taskMayHaveEnded(Turn turn, int node, TaskInstance task, String actor) {
    if (task == null || WorkflowRun.isOpen(task) || turn.run.instance().isFinished()) {
      return;
    }
    boolean failed = !task.state().isSuccess() && !turn.run.readiness().isFailureMet(node);
    if (failed && turn.state() == WorkflowState.RUNNING && endsOnFailure(turn.run)) {
      killOpenTasks(turn, KillCause.FAILURE_STRATEGY, actor);
    }
    turn.run.decide(node, turn::submit);
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
            && (run.hasUnmet(TaskState.FAILED) || run.hasUnmet(TaskState.KILLED)));
  }

  /** Ends the instance when nothing more can happen in it. */
  private static void settle(Turn turn) {
    WorkflowRun run = turn.run;
    switch (turn.state()) {
      case RUNNING, PAUSING, STOPPING -> {
        if (!run.hasOpenTasks()) {
          WorkflowState end = Ends.of(run);
          end(turn, end, Ends.reason(run, end), "Settled", "master");
        }
      }
      case SUBMITTED, SERIAL_WAIT, PAUSED, STOPPED, FAILED, SUCCEEDED -> {}
    }
  }

  private static void end(Turn turn, WorkflowState state, Reason why, String cause, String actor) {
    WorkflowRun run = turn.run;
    WorkflowInstance before = run.instance();
    WorkflowInstance ended =
        before
            .ended(state, why, RunOutputs.of(run), turn.now)
            .change()
            .ticket(0)
            .reopening(null)
            .done();
    turn.change(ended, cause, actor);
    if (before.ticket() > 0) {
      turn.leaveQueue(before.ticket());
      turn.effects.add(new Effect.HandOver(before.workflowId()));
    }
    if (before.parent() != null) {
      turn.effects.add(new Effect.TellParent(before.parent().instance()));
    }
    turn.effects.add(new Effect.Forget());
  }
}
