package io.porpoise.master.shard;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.KillBatch.Kill;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.dispatch.Lines;
import io.porpoise.master.engine.Effect.SendDispatch;
import java.time.Duration;

/** Dispatches and kills as they leave: only for what is durable, with the present epoch. */
final class WordsOut {
  private final Ownership ownership;
  private final Actors actors;
  private final Duration killGrace;

  WordsOut(Ownership ownership, Actors actors, Duration killGrace) {
    this.ownership = ownership;
    this.actors = actors;
    this.killGrace = killGrace;
  }

  void dispatch(WorkflowInstanceId id, SendDispatch effect, Lines lines) {
    Actor actor = actors.get(id);
    TaskInstance task = actor == null ? null : actor.run().task(effect.task());
    // Since it was decided the worker may have refused, and it or another been chosen anew: that
    // choice is not durable yet.
    if (task == null
        || task.dispatches() != effect.number()
        || !effect.worker().equals(task.worker())
        || !ownership.owns(id.slot())) {
      return;
    }
    Dispatch prepared = actor.prepared().remove(task.id());
    if (prepared == null || prepared.number() != effect.number()) {
      long epoch = ownership.epoch(id.slot());
      prepared = Preparer.prepare(actor, task, epoch, task.dispatches()).dispatch();
    }
    if (prepared != null) {
      lines.dispatch(effect.worker(), prepared);
    }
  }

  void kill(WorkflowInstanceId id, TaskInstanceId task, NodeId worker, Lines lines) {
    if (ownership.owns(id.slot())) {
      long epoch = ownership.epoch(id.slot());
      lines.kill(worker, new Kill(task, id, epoch, killGrace.toMillis()));
    }
  }
}
