package io.porpoise.master.engine;

import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.WorkflowEvent.ReopenRequested;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a finished instance goes on: resumed, recovered or run again (SEMANTICS.md, section 2). An
 * instance of a serial definition waits for its turn first.
 */
final class Reopenings {
  private Reopenings() {}

  static StepKind reopen(Turn turn, ReopenRequested request) {
    WorkflowInstance instance = turn.run.instance();
    boolean isOldNews = request.round() > 0 && request.round() != instance.round();
    if (isOldNews || !request.how().isPossibleIn(instance.state())) {
      return refuse(turn, request);
    }
    WorkflowInstance reopened =
        instance
            .change()
            .round(instance.round() + 1)
            .ticket(request.ticket())
            .reopening(request.how())
            .endTime(null)
            .reason(null)
            .done();
    if (request.ticket() == 0) {
      turn.run.instance(reopened);
      goOn(turn, request.how(), "ReopenRequested", request.actor());
    } else {
      turn.change(reopened.to(WorkflowState.SERIAL_WAIT, null), "ReopenRequested", request.actor());
      turn.effects.add(new Effect.AwaitTurn(instance.workflowId(), request.ticket()));
    }
    return StepKind.MOVED;
  }

  /** What is refused keeps no place in a queue. */
  static StepKind refuse(Turn turn, ReopenRequested request) {
    if (request.ticket() > 0) {
      turn.leaveQueue(request.ticket());
      turn.effects.add(new Effect.HandOver(turn.run.instance().workflowId()));
    }
    return StepKind.IGNORED;
  }

  static void goOn(Turn turn, Reopening how, String cause, String actor) {
    WorkflowRun run = turn.run;
    WorkflowInstance instance = run.instance();
    boolean isRerun = how == Reopening.RERUN;
    WorkflowInstance.Change running =
        instance.change().state(WorkflowState.RUNNING).reopening(null).reason(null).endTime(null);
    if (isRerun) {
      running.runTimes(instance.runTimes() + 1).startTime(turn.now).outputs(Map.of());
    } else if (instance.startTime() == null) {
      running.startTime(turn.now); // it was stopped before it began
    }
    turn.change(running.done(), cause, actor);
    WorkflowLifecycle.setTimeout(turn);
    Map<Integer, TaskInstance> former = invalidate(turn, how, actor);
    for (int node : run.decideFromRows()) {
      TaskInstance before = former.get(node);
      if (before == null || isRerun) {
        turn.submit(node);
      } else if (WorkflowLifecycle.startsTasks(run)) {
        turn.goOn(node, before, how == Reopening.RESUME);
      }
    }
  }

  /**
   * Makes what is to run again invalid, and all that came after it in this run: what start nodes
   * leave out connects nothing.
   */
  private static Map<Integer, TaskInstance> invalidate(Turn turn, Reopening how, String actor) {
    WorkflowRun run = turn.run;
    List<Integer> again = new ArrayList<>();
    for (int node = 0; node < run.graph().size(); node++) {
      if (run.current(node) != null && runsAgain(run, node, how)) {
        again.add(node);
      }
    }
    boolean[] reached = run.graph().reach(again, true, run::isIncluded);
    Map<Integer, TaskInstance> former = new LinkedHashMap<>();
    for (int node = 0; node < reached.length; node++) {
      if (reached[node] && run.current(node) != null) {
        former.put(node, run.current(node));
        turn.invalidate(node, how.name(), actor);
      }
    }
    return former;
  }

  private static boolean runsAgain(WorkflowRun run, int node, Reopening how) {
    TaskInstance task = run.current(node);
    return switch (how) {
      case RERUN -> true;
      case RECOVER_FAILED -> !task.state().isSuccess();
      case RESUME ->
          task.state() == TaskState.PAUSED
              || task.state() == TaskState.KILLED
              || (task.state() == TaskState.FAILED
                  && task.retries() < run.graph().task(node).failRetryTimes());
    };
  }
}
