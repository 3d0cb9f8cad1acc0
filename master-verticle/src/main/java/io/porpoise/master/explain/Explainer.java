package io.porpoise.master.explain;

import io.porpoise.bus.message.Explanations.Explanation;
import io.porpoise.bus.message.Explanations.TaskReason;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.dispatch.LossWatch;
import io.porpoise.master.dispatch.Workers;
import io.porpoise.master.engine.WorkflowRun;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Puts the reasons of one instance and its unfinished tasks into words. */
public final class Explainer {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final Workers workers;
  private final LossWatch losses;

  public Explainer(Workers workers, LossWatch losses) {
    this.workers = workers;
    this.losses = losses;
  }

  public Explanation explain(WorkflowRun run) {
    List<TaskReason> tasks = new ArrayList<>();
    String firstName = null;
    for (TaskInstance task : run.tasks()) {
      Reason reason = of(run, task);
      if (reason != null) {
        firstName = firstName == null ? task.name() : firstName;
        tasks.add(new TaskReason(task.id(), reason));
      }
    }
    return new Explanation(run.id(), ofInstance(run, firstName, tasks), tasks);
  }

  private static Reason ofInstance(WorkflowRun run, String firstName, List<TaskReason> tasks) {
    if (run.instance().state() == WorkflowState.SUBMITTED) {
      return new Reason("STARTING", "about to start");
    }
    if (tasks.isEmpty()) {
      return new Reason("SETTLING", "about to end");
    }
    int others = tasks.size() - 1;
    String more =
        others == 0 ? "" : " (and " + others + (others == 1 ? " more task)" : " more tasks)");
    Reason first = tasks.get(0).reason();
    String prefix = run.instance().state() == WorkflowState.STOPPING ? "stopping: " : "";
    return new Reason(first.code(), prefix + "task '" + firstName + "': " + first.text() + more);
  }

  private Reason of(WorkflowRun run, TaskInstance task) {
    if (task.isRetryWaiting()) {
      int max = run.graph().task(run.nodeOf(task.id())).failRetryTimes();
      return new Reason(
          "RETRY_WAIT",
          "retry " + (task.retries() + 1) + " of " + max + " at " + time(task.dueAt()));
    }
    return switch (task.state()) {
      case SUBMITTED -> workers.whyWaiting(task.workerGroup());
      case DELAYED -> new Reason("DELAYED", "delayed until " + time(task.dueAt()));
      case DISPATCHED, RUNNING -> withWorker(task);
      case SUCCEEDED, FORCED_SUCCESS, FAILED, KILLED, PAUSED, LOST -> null;
    };
  }

  private Reason withWorker(TaskInstance task) {
    NodeId worker = task.worker();
    LossWatch.Missed missed = losses.missed(worker, task.workflowInstanceId().slot());
    if (missed != null) {
      return new Reason(
          "WORKER_LOST",
          "worker "
              + worker
              + " lost at "
              + time(missed.since())
              + ", "
              + (task.isKilling() ? "taken as killed" : "replaced")
              + (losses.isBlind()
                  ? " some time after this master has found ZooKeeper again"
                  : " at " + time(missed.lostAt())));
    }
    if (task.isKilling()) {
      return new Reason(
          "KILLING", "being killed on worker " + worker + " (" + task.killCause() + ")");
    }
    return task.startTime() == null
        ? new Reason("DISPATCHED", "sent to worker " + worker + ", which has not started it yet")
        : new Reason("RUNNING", "running on worker " + worker + " since " + time(task.startTime()));
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
