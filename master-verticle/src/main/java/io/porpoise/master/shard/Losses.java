package io.porpoise.master.shard;

import io.porpoise.cluster.NodeId;
import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.dispatch.LossWatch;
import io.porpoise.master.engine.Inbox;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Attempts that will not be heard of again, because their worker has gone or no longer has them.
 */
final class Losses {
  private final Actors actors;
  private final Inbox inbox;
  private final Predicate<NodeId> isThere;
  private final LossWatch watch;

  /**
   * @param patience from missing a worker to giving it up
   * @param isThere whether some incarnation of the worker is in the registry
   */
  Losses(Clock clock, Duration patience, Actors actors, Inbox inbox, Predicate<NodeId> isThere) {
    this.actors = actors;
    this.inbox = inbox;
    this.isThere = isThere;
    watch = new LossWatch(clock, patience, this::workerLost);
  }

  LossWatch watch() {
    return watch;
  }

  /** Who holds attempts, or who is there, may have changed. */
  void check() {
    List<NodeId> holding = actors.placements().workers();
    for (NodeId worker : holding) {
      if (!isThere.test(worker)) {
        loseUnfenced(worker);
      }
    }
    watch.update(isThere, holding);
  }

  /**
   * Tasks that bear two attempts side by side need not wait until their worker is certainly dead.
   */
  private void loseUnfenced(NodeId worker) {
    actors
        .at(worker)
        .forEach(
            (task, instance) -> {
              WorkflowRun run = actors.get(instance).run();
              if (run.graph().task(run.nodeOf(task)).onWorkerLoss() == OnWorkerLoss.AT_ONCE) {
                lost(instance, task, worker);
              }
            });
  }

  private void workerLost(NodeId worker) {
    actors.at(worker).forEach((task, instance) -> lost(instance, task, worker));
  }

  void lost(WorkflowInstanceId instance, TaskInstanceId task, NodeId worker) {
    Reason reason = new Reason("WORKER_LOST", "worker " + worker + " was lost");
    TaskEvent event = new TaskEvent.Lost(worker, reason);
    inbox.post(instance, new WorkflowEvent.OfTask(task, event, "master"));
  }
}
