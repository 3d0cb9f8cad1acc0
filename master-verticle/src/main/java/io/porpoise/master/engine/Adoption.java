package io.porpoise.master.engine;

import io.porpoise.definition.LogicTasks;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.WorkflowEvent.OfTask;

/**
 * What a new owner does with an instance that it has read: timers, queues and words to others live
 * in memory only, and are made again from the rows.
 */
final class Adoption {
  private Adoption() {}

  static StepKind adopt(Turn turn) {
    WorkflowInstance instance = turn.run.instance();
    if (instance.state() == WorkflowState.SUBMITTED) {
      return WorkflowLifecycle.begin(turn);
    }
    if (instance.state() == WorkflowState.SERIAL_WAIT) {
      turn.effects.add(new Effect.AwaitTurn(instance.workflowId(), instance.ticket()));
      return StepKind.IGNORED;
    }
    WorkflowLifecycle.setTimeout(turn);
    for (TaskInstance task : turn.run.tasks()) {
      if (WorkflowRun.isOpen(task)) {
        adopted(turn, task);
      }
    }
    return StepKind.IGNORED;
  }

  private static void adopted(Turn turn, TaskInstance task) {
    turn.setTimeout(task);
    boolean isChild = LogicTasks.isSubWorkflow(turn.run.graph().task(turn.run.nodeOf(task.id())));
    if (task.isRetryWaiting()) {
      turn.timer(task, task.dueAt(), new TaskEvent.RetryDue());
    } else if (task.state() == TaskState.DELAYED) {
      turn.timer(task, task.dueAt(), new TaskEvent.DelayDue());
    } else if (task.state() == TaskState.SUBMITTED) {
      release(turn, task);
    } else if (isChild) {
      adoptedChild(turn, task);
    } else if (task.isKilling()) {
      turn.effects.add(new Effect.SendKill(task.id(), task.worker()));
    } else if (task.state() == TaskState.DISPATCHED) {
      turn.effects.add(new Effect.SendDispatch(task.id(), task.worker(), task.dispatches()));
    }
  }

  private static void release(Turn turn, TaskInstance task) {
    int node = turn.run.nodeOf(task.id());
    TaskRules rules = TaskRules.of(turn.run.graph().task(node), turn.settings);
    OfTask event = new OfTask(task.id(), new TaskEvent.DelayDue(), "master");
    WorkflowLifecycle.meet(turn, node, task, TaskLifecycle.released(task, rules, turn.now), event);
  }

  /** Starting it again finds the child that is there. */
  private static void adoptedChild(Turn turn, TaskInstance task) {
    turn.effects.add(new Effect.StartChild(task));
    if (task.state() == TaskState.RUNNING && task.isKilling()) {
      turn.effects.add(new Effect.StopChild(task.child().id()));
    } else if (task.state() == TaskState.RUNNING && turn.state() == WorkflowState.PAUSING) {
      turn.effects.add(new Effect.PauseChild(task.child().id()));
    }
  }
}
