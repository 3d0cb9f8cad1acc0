package io.porpoise.simulation.history;

import io.porpoise.instance.ChildRun;
import io.porpoise.instance.Parent;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A parent ends as its child has, has one child, and none goes on without it. */
final class ChildPromises {
  private static final String PARENT = "parent";
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private record End(WorkflowState state, Map<String, String> outputs, long at) {}

  private final Truth truth;
  private final Map<ChildRun, End> ends = new HashMap<>();
  private final Map<TaskInstanceId, Long> waitsSince = new HashMap<>();

  ChildPromises(Truth truth) {
    this.truth = truth;
  }

  void committing(Batch.InstanceChange change, WorkflowInstance before, WorkflowInstance after) {
    if (after.isFinished() && change.instance() != null) {
      ends.put(
          new ChildRun(after.id(), after.round()),
          new End(after.state(), after.outputs(), truth.world.nanos()));
    }
    if (after.parent() == null) {
      return;
    }
    boolean begins = before.startTime() == null && after.startTime() != null && after.round() == 1;
    boolean isSetGoing =
        change.history().stream()
            .anyMatch(e -> e.cause().equals("ReopenRequested") && e.actor().equals(PARENT));
    truth.check(
        !(begins || isSetGoing) || isWaitedFor(after.id(), after.parent()),
        "a child begins and goes on only for an attempt that waits for it: %s of %s",
        after.id(),
        after.parent());
  }

  private boolean isWaitedFor(WorkflowInstanceId child, Parent parent) {
    return truth.database.tasks(parent.instance()).stream()
        .anyMatch(
            row ->
                row.valid()
                    && row.state().isWithWorker()
                    && (row.id().equals(parent.task())
                        || (row.child() != null && row.child().id().equals(child))));
  }

  /** A SUB_WORKFLOW attempt begins to wait for its child, which may have ended by hand before. */
  void waits(TaskInstance task) {
    waitsSince.putIfAbsent(task.id(), truth.world.nanos());
  }

  /** A SUB_WORKFLOW attempt ends. */
  void ending(TaskInstance before, TaskInstance task) {
    boolean wasWithChild = before != null && before.state().isWithWorker();
    End end = task.child() == null ? null : endOf(task.child());
    WorkflowState childs = end == null ? null : end.state();
    boolean isRight =
        switch (task.state()) {
          case SUCCEEDED -> childs == WorkflowState.SUCCEEDED;
          case FAILED -> task.child() == null || childs == WorkflowState.FAILED || isRefused(task);
          case PAUSED -> !wasWithChild || childs == WorkflowState.PAUSED;
          case KILLED ->
              !wasWithChild
                  || childs == null
                  || childs == WorkflowState.STOPPED
                  || childs == WorkflowState.PAUSED;
          case LOST, FORCED_SUCCESS, SUBMITTED, DELAYED, DISPATCHED, RUNNING -> false;
        };
    truth.check(
        isRight,
        "a parent's task ends as its child has: %s %s is %s, its child %s %s",
        task.name(),
        task.id(),
        task.state(),
        task.child(),
        childs);
    if (wasWithChild && task.child() != null) {
      truth.check(
          truth.instance(task.child().id()).isFinished() || end != null,
          "a parent's task does not end before its child: %s",
          task.id());
    }
    if (wasWithChild && end != null) {
      long since = Math.max(end.at(), waitsSince.get(task.id()));
      truth.isInTime(since, AT_ONCE, "a parent hears at once how its child has ended", task.id());
      truth.check(
          childs != WorkflowState.SUCCEEDED || end.outputs().equals(task.outputs()),
          "what a child has made is passed on: %s has %s instead of %s",
          task.id(),
          task.outputs(),
          end.outputs());
    }
  }

  /** A child that has ended before may not be set going again. */
  private static boolean isRefused(TaskInstance task) {
    return task.reason() != null && !task.reason().code().startsWith("CHILD_");
  }

  /** One that was discarded has ended when it was inserted. */
  private End endOf(ChildRun run) {
    WorkflowInstance row = truth.instance(run.id());
    boolean isDiscarded = row.isFinished() && row.startTime() == null && row.round() == run.round();
    return ends.getOrDefault(
        run, isDiscarded ? new End(row.state(), row.outputs(), truth.world.nanos()) : null);
  }

  /** At the end: nobody has two. */
  void atTheEnd() {
    Map<Object, WorkflowInstance> byTask = new HashMap<>();
    for (WorkflowInstance instance : truth.database.instances()) {
      if (instance.parent() != null) {
        WorkflowInstance other = byTask.put(instance.parent().task(), instance);
        truth.check(
            other == null,
            "an attempt has one child at most: %s and %s of %s",
            instance.id(),
            other == null ? null : other.id(),
            instance.parent());
      }
    }
  }
}
