package io.porpoise.master.shard;

import io.porpoise.bus.message.AttemptReport;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.report.ReportIntake;
import io.porpoise.master.report.ReportIntake.Standing;

/** The shard's instances, as reports of workers meet them. */
final class ReportedAttempts implements ReportIntake.Attempts {
  private final Turns turns;
  private final Actors actors;
  private final Ownership ownership;
  private final JournalWriter journal;
  private final Backlog backlog;

  ReportedAttempts(
      Turns turns, Actors actors, Ownership ownership, JournalWriter journal, Backlog backlog) {
    this.turns = turns;
    this.actors = actors;
    this.ownership = ownership;
    this.journal = journal;
    this.backlog = backlog;
  }

  @Override
  public boolean isFull() {
    return backlog.isFull() || turns.isStuck();
  }

  @Override
  public Standing standing(AttemptReport report, NodeId worker) {
    if (!ownership.isReady(report.slot()) || actors.isSetAside(report.workflowInstance())) {
      return Standing.NOT_MINE;
    }
    TaskInstance task = actors.task(report.workflowInstance(), report.taskInstance());
    return task != null && (task.worker() == null || task.worker().equals(worker))
        ? Standing.CURRENT
        : Standing.OBSOLETE;
  }

  @Override
  public void post(
      AttemptReport report, WorkflowEvent event, Runnable onDurable, Runnable onDropped) {
    turns.post(report.workflowInstance(), event, Turns.Company.waiting(onDurable, onDropped));
  }

  @Override
  public void whenDurable(AttemptReport report, Runnable onDurable, Runnable onDropped) {
    journal.whenDurable(report.workflowInstance(), onDurable, onDropped);
  }
}
