package io.porpoise.master.shard;

import io.porpoise.bus.message.AttemptReport;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.report.ReportIntake;
import io.porpoise.master.report.ReportIntake.Standing;
import java.util.Map;
import java.util.Set;

/** The shard's instances, as reports of workers meet them. */
final class ReportedAttempts implements ReportIntake.Attempts {
  private final Shard shard;
  private final Map<WorkflowInstanceId, Actor> actors;
  private final Set<WorkflowInstanceId> setAside;
  private final Ownership ownership;
  private final JournalWriter journal;

  ReportedAttempts(
      Shard shard,
      Map<WorkflowInstanceId, Actor> actors,
      Set<WorkflowInstanceId> setAside,
      Ownership ownership,
      JournalWriter journal) {
    this.shard = shard;
    this.actors = actors;
    this.setAside = setAside;
    this.ownership = ownership;
    this.journal = journal;
  }

  @Override
  public Standing standing(AttemptReport report, NodeId worker) {
    if (!ownership.isReady(report.slot()) || setAside.contains(report.workflowInstance())) {
      return Standing.NOT_MINE;
    }
    Actor actor = actors.get(report.workflowInstance());
    TaskInstance task = actor == null ? null : actor.run().task(report.taskInstance());
    return task != null && (task.worker() == null || task.worker().equals(worker))
        ? Standing.CURRENT
        : Standing.OBSOLETE;
  }

  @Override
  public void post(
      AttemptReport report, WorkflowEvent event, Runnable onDurable, Runnable onDropped) {
    shard.post(report.workflowInstance(), event, Shard.Company.waiting(onDurable, onDropped));
  }

  @Override
  public void whenDurable(AttemptReport report, Runnable onDurable, Runnable onDropped) {
    journal.whenDurable(report.workflowInstance(), onDurable, onDropped);
  }
}
