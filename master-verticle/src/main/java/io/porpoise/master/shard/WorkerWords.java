package io.porpoise.master.shard;

import io.porpoise.bus.message.AttemptReport;
import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.DispatchAnswers.Answer;
import io.porpoise.bus.message.Inventory;
import io.porpoise.bus.message.KillAnswers;
import io.porpoise.bus.message.KillBatch.Kill;
import io.porpoise.bus.message.Reconcile.SlotEpoch;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.dispatch.WorkerAnswers;
import io.porpoise.master.engine.Effect;
import io.porpoise.master.engine.TaskEvent;
import java.util.HashSet;
import java.util.Set;

/** What workers answer, as events of the instances. */
final class WorkerWords implements WorkerAnswers {
  private final Shard shard;
  private final Actors actors;
  private final Ownership ownership;

  WorkerWords(Shard shard, Actors actors, Ownership ownership) {
    this.shard = shard;
    this.actors = actors;
    this.ownership = ownership;
  }

  @Override
  public boolean isWanted(Dispatch dispatch) {
    TaskInstance task = actors.task(dispatch.workflowInstance(), dispatch.taskInstance());
    return task != null
        && task.state() == TaskState.DISPATCHED
        && !task.isKilling()
        && task.dispatches() == dispatch.number()
        && isPresentEpoch(dispatch.slot(), dispatch.epoch());
  }

  @Override
  public boolean isWanted(Kill kill) {
    TaskInstance task = actors.task(kill.workflowInstance(), kill.taskInstance());
    return task != null && task.isKilling() && isPresentEpoch(kill.slot(), kill.epoch());
  }

  private boolean isPresentEpoch(int slot, long epoch) {
    return ownership.owns(slot) && ownership.epoch(slot) == epoch;
  }

  @Override
  public void answered(MemberId worker, DispatchAnswers answers) {
    for (Answer answer : answers.answers()) {
      if (answer.outcome() == DispatchAnswers.Outcome.REFUSED) {
        shard.refused(worker.node(), answer.reason());
        post(
            worker.node(),
            answer.taskInstance(),
            new TaskEvent.Refused(worker.node(), answer.number(), answer.reason()));
      }
    }
  }

  @Override
  public void answered(MemberId worker, KillAnswers answers) {
    for (TaskInstanceId task : answers.neverStarted()) {
      post(worker.node(), task, new TaskEvent.NeverStarted(worker.node()));
    }
  }

  private void post(NodeId worker, TaskInstanceId task, TaskEvent event) {
    WorkflowInstanceId instance = actors.placements().instanceOf(worker, task);
    if (instance != null) {
      shard.answered(instance, task, event, worker.value());
    }
  }

  /**
   * Compares what the worker holds with what the rows say it holds. What it holds and the rows do
   * not know is settled when it reports it.
   */
  @Override
  public void inventory(MemberId worker, java.util.List<SlotEpoch> asked, Inventory inventory) {
    Set<Integer> slots = new HashSet<>();
    asked.forEach(slot -> slots.add(slot.slot()));
    slots.removeAll(inventory.staleSlots());
    Set<TaskInstanceId> held = new HashSet<>();
    for (AttemptReport attempt : inventory.attempts()) {
      held.add(attempt.taskInstance());
    }
    actors
        .at(worker.node())
        .forEach(
            (id, instance) -> {
              if (slots.contains(instance.slot())) {
                compare(worker.node(), actors.task(instance, id), held.contains(id));
              }
            });
  }

  private void compare(NodeId worker, TaskInstance task, boolean isHeld) {
    WorkflowInstanceId instance = task.workflowInstanceId();
    if (task.isKilling() && isHeld) {
      shard.repeatKill(instance, task.id(), worker);
    } else if (!isHeld && (task.isKilling() || task.state() == TaskState.RUNNING)) {
      shard.lost(instance, task.id(), worker);
    } else if (!isHeld) {
      shard.repeatDispatch(instance, new Effect.SendDispatch(task.id(), worker, task.dispatches()));
    }
  }
}
