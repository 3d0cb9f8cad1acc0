package io.porpoise.master.engine;

import io.porpoise.cluster.NodeId;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.instance.ChildRun;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Attempts in every state, for tests. */
public final class Tasks {
  static final NodeId W1 = new NodeId("w1");
  static final NodeId W2 = new NodeId("w2");
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final TaskRules TWO_RETRIES = rules(TaskRules.Kind.PROCESS);

  private Tasks() {}

  static TaskRules rules(TaskRules.Kind kind) {
    return new TaskRules(
        kind, 2, Duration.ofSeconds(10), TimeoutStrategy.WARNFAILED, 3, Duration.ofMinutes(5));
  }

  static TaskInstance submitted() {
    return submitted(new TaskInstanceId(7));
  }

  public static TaskInstance submitted(TaskInstanceId id) {
    return new TaskInstance(
        id,
        new WorkflowInstanceId(3),
        1,
        "extract",
        "SHELL",
        TaskState.SUBMITTED,
        true,
        1,
        0,
        0,
        0,
        "default",
        null,
        NOW,
        NOW,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of());
  }

  static TaskInstance delayed() {
    return submitted().change().state(TaskState.DELAYED).dueAt(NOW.plusSeconds(60)).done();
  }

  static TaskInstance dispatched() {
    return submitted().change().state(TaskState.DISPATCHED).worker(W1).dispatches(1).done();
  }

  static TaskInstance running() {
    return dispatched().change().state(TaskState.RUNNING).startTime(NOW).done();
  }

  static TaskInstance killing(TaskInstance task) {
    return task.change().killCause(KillCause.STOP).done();
  }

  /** A sub-workflow whose child is being started. */
  static TaskInstance startingChild() {
    return submitted().change().state(TaskState.DISPATCHED).done();
  }

  static TaskInstance runningChild() {
    return startingChild()
        .change()
        .state(TaskState.RUNNING)
        .child(new ChildRun(new WorkflowInstanceId(9), 1))
        .startTime(NOW)
        .done();
  }

  static TaskInstance retryWaiting() {
    return ended(TaskState.FAILED).change().dueAt(NOW.plusSeconds(10)).done();
  }

  static TaskInstance ended(TaskState state) {
    return running().change().state(state).endTime(NOW).done();
  }

  static Reason reason() {
    return new Reason("TEST", "for the test");
  }
}
