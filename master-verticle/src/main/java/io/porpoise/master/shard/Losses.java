package io.porpoise.master.shard;

import io.porpoise.bus.message.LeaseGrants;
import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.dispatch.Fencing;
import io.porpoise.master.dispatch.LossWatch;
import io.porpoise.master.engine.Inbox;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.master.report.LeaseDesk;
import io.porpoise.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Attempts that will not be heard of again, because their worker has gone or no longer has them;
 * and the leases by which a worker knows how long it is not given up.
 */
final class Losses {
  private final Actors actors;
  private final Inbox inbox;
  private final Predicate<NodeId> isThere;
  private final LossWatch watch;
  private final LeaseDesk leases;
  private final Map<NodeId, MemberId> parted = new TreeMap<>();

  /**
   * @param isThere whether some incarnation of the worker is in the registry
   */
  Losses(
      Clock clock,
      Fencing fencing,
      Ownership ownership,
      Actors actors,
      Inbox inbox,
      Predicate<NodeId> isThere) {
    this.actors = actors;
    this.inbox = inbox;
    this.isThere = isThere;
    watch = new LossWatch(clock, fencing, ownership::adoptedNanos, this::mayBeLost);
    leases =
        new LeaseDesk(clock, fencing.lease(), ownership::unconfirmedNanos, watch::acknowledged);
  }

  LeaseGrants grant(LeaseRequest request) {
    return leases.handle(request);
  }

  /** Whether this master sees who is there. */
  void sees(boolean isConnected) {
    watch.sees(isConnected);
    check();
  }

  LossWatch watch() {
    return watch;
  }

  /** It left its attempts to its keeper, and its next life is to adopt them. */
  void parted(MemberId worker) {
    parted.put(worker.node(), worker);
  }

  /** The newest incarnation of each worker. */
  void members(List<Member> newestWorkers) {
    for (Member worker : newestWorkers) {
      parted.computeIfPresent(
          worker.id().node(), (node, left) -> worker.id().supersedes(left) ? null : left);
    }
    check();
  }

  /** Who holds attempts, or who is there, may have changed. */
  void check() {
    List<NodeId> holding = actors.placements().workers();
    watch.update(isThere, holding);
    if (!watch.isBlind()) {
      holding.stream().filter(isThere.negate()).forEach(this::mayBeLost);
    }
  }

  private void mayBeLost(NodeId worker) {
    actors
        .at(worker)
        .forEach(
            (task, instance) -> {
              boolean isAtOnce = bearsTwo(instance, task) && !parted.containsKey(worker);
              if (isAtOnce || watch.isLost(worker, instance.slot())) {
                lost(instance, task, worker);
              }
            });
  }

  /**
   * Tasks that bear two attempts side by side need not wait until their worker is certainly dead.
   */
  private boolean bearsTwo(WorkflowInstanceId instance, TaskInstanceId task) {
    WorkflowRun run = actors.get(instance).run();
    return run.graph().task(run.nodeOf(task)).onWorkerLoss() == OnWorkerLoss.AT_ONCE;
  }

  void lost(WorkflowInstanceId instance, TaskInstanceId task, NodeId worker) {
    Reason reason = new Reason("WORKER_LOST", "worker " + worker + " was lost");
    TaskEvent event = new TaskEvent.Lost(worker, reason);
    inbox.post(instance, new WorkflowEvent.OfTask(task, event, "master"));
  }
}
