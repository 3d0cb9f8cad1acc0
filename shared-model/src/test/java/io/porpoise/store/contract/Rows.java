package io.porpoise.store.contract;

import io.porpoise.cluster.NodeId;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.definition.document.CanonicalJson;
import io.porpoise.definition.document.WorkflowDocument;
import io.porpoise.instance.ChildRun;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.GroupClaim;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Parent;
import io.porpoise.instance.Priority;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceIntake.Wish;
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
    return new Start(
        id(id),
        11,
        22,
        3,
        ExecutionType.PARALLEL,
        StartOptions.NONE,
        null,
        1,
        "admin",
        idempotencyKey,
        at);
  }

  static Start child(long id, Parent parent) {
    return child(id, 22, ExecutionType.PARALLEL, parent);
  }

  static Start child(long id, long workflow, ExecutionType type, Parent parent) {
    return new Start(
        id(id), 11, workflow, 3, type, StartOptions.NONE, parent, 0, "sub-workflow", null, NOON);
  }

  static Wish wish(long id, Command.Type type) {
    return wish(id, type, null, "admin");
  }

  static Wish wish(long id, Command.Type type, TaskInstanceId task, String actor) {
    return new Wish(id(id), type, task, actor);
  }

  /** A definition with one task, as it is saved. */
  static String document(ExecutionType type) {
    return CanonicalJson.write(
        WorkflowDocument.of(
            new WorkflowDefinition(
                "daily",
                "",
                type,
                FailureStrategy.CONTINUE,
                Priority.MEDIUM,
                null,
                null,
                List.of(),
                List.of(TaskDefinition.shell("extract", "true")),
                List.of())));
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
        "Zweig, 分支, 🐬",
        new ChildRun(id(77), 4),
        new GroupClaim("db, 组", 3),
        Map.of("day", "2026-11-20", "empty", ""),
        Map.of("rows", "42", "long", "x".repeat(60_000)));
  }

  /** A task that needs a slot of a group. */
  static TaskInstance claiming(
      long id, long instance, String group, int priority, Instant firstSubmit) {
    return new TaskInstance(
        new TaskInstanceId(id),
        id(instance),
        503,
        "load",
        "SHELL",
        TaskState.SUBMITTED,
        true,
        1,
        0,
        0,
        0,
        "default",
        null,
        firstSubmit,
        firstSubmit,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new GroupClaim(group, priority),
        Map.of(),
        Map.of());
  }

  static InstanceChange change(WorkflowInstance instance, TaskInstance... tasks) {
    return new InstanceChange(
        instance.id(), instance, List.of(tasks), List.of(), List.of(), List.of(), List.of());
  }

  /** Of one instance. */
  static InstanceChange tasks(TaskInstance... tasks) {
    return new InstanceChange(
        tasks[0].workflowInstanceId(),
        null,
        List.of(tasks),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static InstanceChange history(long id, HistoryEntry... entries) {
    return new InstanceChange(
        id(id), null, List.of(), List.of(entries), List.of(), List.of(), List.of());
  }

  static InstanceChange applied(long id, Long... commands) {
    return new InstanceChange(
        id(id), null, List.of(), List.of(), List.of(commands), List.of(), List.of());
  }

  static InstanceChange left(long id, Long... tickets) {
    return new InstanceChange(
        id(id), null, List.of(), List.of(), List.of(), List.of(tickets), List.of());
  }

  static InstanceChange alerts(long id, Alert... alerts) {
    return new InstanceChange(
        id(id), null, List.of(), List.of(), List.of(), List.of(), List.of(alerts));
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
