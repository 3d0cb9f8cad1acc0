package io.porpoise.master.shard;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.KillBatch.Kill;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.dispatch.Lines;
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

  void dispatch(WorkflowInstanceId id, TaskInstanceId taskId, NodeId worker, Lines lines) {
    Actor actor = actors.get(id);
    TaskInstance task = actor == null ? null : actor.run().task(taskId);
    if (task == null || !ownership.owns(id.slot())) {
      return;
    }
    Dispatch prepared = actor.prepared().remove(taskId);
    if (prepared == null || prepared.number() != task.dispatches()) {
      long epoch = ownership.epoch(id.slot());
      prepared = Preparer.prepare(actor, task, epoch, task.dispatches()).dispatch();
    }
    if (prepared != null) {
      lines.dispatch(worker, prepared);
    }
  }

  void kill(WorkflowInstanceId id, TaskInstanceId task, NodeId worker, Lines lines) {
    if (ownership.owns(id.slot())) {
      long epoch = ownership.epoch(id.slot());
      lines.kill(worker, new Kill(task, id, epoch, killGrace.toMillis()));
    }
  }
}
