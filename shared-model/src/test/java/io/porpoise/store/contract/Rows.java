package io.porpoise.store.contract;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.SlotStore.SlotRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Samples for the suites. Times are whole microseconds, which is what a store keeps at least. */
final class Rows {
  static final NodeId M1 = new NodeId("m1");
  static final NodeId M2 = new NodeId("m2");
  static final long INCARNATION = 7;
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

  private Rows() {}

  static WorkflowInstanceId id(long value) {
    return new WorkflowInstanceId(value);
  }

  static Start start(long id) {
    return start(id, null, NOON.plusSeconds(id));
  }

  static Start start(long id, String idempotencyKey, Instant at) {
    return new Start(id(id), 11, 22, 3, StartOptions.NONE, 1, "admin", idempotencyKey, at);
  }

  static TaskInstance task(long id, long instance) {
    return new TaskInstance(
        new TaskInstanceId(id),
        id(instance),
        501,
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
        NOON,
        NOON,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of());
  }

  /** A task with every field set. */
  static TaskInstance fullTask(long id, long instance) {
    return new TaskInstance(
        new TaskInstanceId(id),
        id(instance),
        502,
        "laden, 装载, 🐬",
        "SHELL",
        TaskState.FAILED,
        true,
        3,
        2,
        1,
        4,
        "gpu",
        new NodeId("w-1.example"),
        NOON,
        NOON.plusSeconds(1),
        NOON.plusSeconds(2),
        NOON.plusSeconds(3),
        NOON.plusSeconds(4),
        KillCause.TIMEOUT,
        -137,
        new Reason("KILLED_BY_TIMEOUT", "killed after 2 s"),
        Map.of("day", "2026-11-20", "empty", ""),
        Map.of("rows", "42", "long", "x".repeat(60_000)));
  }

  static InstanceChange tasks(TaskInstance... tasks) {
    return new InstanceChange(
        tasks[0].workflowInstanceId(), null, List.of(tasks), List.of(), List.of());
  }

  static HistoryEntry entry(String task, String to) {
    return new HistoryEntry(NOON, task, task == null ? 0 : 1, null, to, "Started", "m1");
  }

  /** A batch of M1's shard 0 that guards the slots of its changes at the epochs of these rows. */
  static Batch batch(long seq, List<SlotRow> owned, InstanceChange... changes) {
    Map<Integer, Long> epochs =
        owned.stream().collect(Collectors.toMap(SlotRow::slot, SlotRow::epoch));
    Map<Integer, Long> guards =
        Stream.of(changes)
            .map(c -> c.id().slot())
            .distinct()
            .collect(Collectors.toMap(slot -> slot, epochs::get));
    return new Batch(M1, INCARNATION, 0, seq, guards, List.of(changes));
  }
}
