package io.porpoise.master.explain;

import io.porpoise.bus.message.Explanations.Explanation;
import io.porpoise.bus.message.Explanations.TaskReason;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
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

  /** What instances wait for of each other. */
  public interface Waits {
    /** Who is the first in the queue in which an instance waits, or null: not known. */
    WorkflowInstanceId firstInQueueOf(WorkflowInstanceId instance);

    /** Why a task waits for its task group; null: it does not. */
    Reason ofGroup(TaskInstanceId task);
  }

  private final Workers workers;
  private final LossWatch losses;
  private final Waits waits;

  public Explainer(Workers workers, LossWatch losses, Waits waits) {
    this.workers = workers;
    this.losses = losses;
    this.waits = waits;
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

  private Reason ofInstance(WorkflowRun run, String firstName, List<TaskReason> tasks) {
    if (run.instance().state() == WorkflowState.SUBMITTED) {
      return new Reason("STARTING", "about to start");
    }
    if (run.instance().state() == WorkflowState.SERIAL_WAIT) {
      WorkflowInstanceId first = waits.firstInQueueOf(run.id());
      return new Reason(
          "SERIAL_WAIT",
          first == null || first.equals(run.id())
              ? "serial: about to start"
              : "serial: behind workflow instance " + first);
    }
    if (tasks.isEmpty()) {
      return new Reason("SETTLING", "about to end");
    }
    int others = tasks.size() - 1;
    String more =
        others == 0 ? "" : " (and " + others + (others == 1 ? " more task)" : " more tasks)");
    Reason first = tasks.get(0).reason();
    String prefix =
        switch (run.instance().state()) {
          case STOPPING -> "stopping: ";
          case PAUSING -> "pausing: ";
          case SUBMITTED, RUNNING, PAUSED, STOPPED, FAILED, SUCCEEDED, SERIAL_WAIT -> "";
        };
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
      case SUBMITTED -> whySubmitted(task);
      case DELAYED -> new Reason("DELAYED", "delayed until " + time(task.dueAt()));
      case DISPATCHED, RUNNING -> task.worker() == null ? withChild(task) : withWorker(task);
      case SUCCEEDED, FORCED_SUCCESS, FAILED, KILLED, PAUSED, LOST -> null;
    };
  }

  private Reason whySubmitted(TaskInstance task) {
    Reason group = waits.ofGroup(task.id());
    return group != null ? group : workers.whyWaiting(task.workerGroup());
  }

  private static Reason withChild(TaskInstance task) {
    if (task.child() == null) {
      return new Reason("STARTING_CHILD", "its sub-workflow is being started");
    }
    String child = "sub-workflow instance " + task.child().id();
    if (task.isKilling()) {
      return new Reason("STOPPING_CHILD", child + " is being stopped (" + task.killCause() + ")");
    }
    return task.state() == TaskState.RUNNING
        ? new Reason("CHILD_RUNS", "waiting for " + child)
        : new Reason("STARTING_CHILD", child + " is being set going again");
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
