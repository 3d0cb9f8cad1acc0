package io.porpoise.store;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.Parent;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.List;

/**
 * What API nodes insert, and masters for the children of their instances; nobody updates an
 * instance here. What a serial definition makes of a start is decided here as well, by {@link
 * io.porpoise.instance.SerialRule}, under a lock of the definition's row.
 */
public interface InstanceIntake {
  /**
   * A start as accepted.
   *
   * @param executionType of the definition's version
   * @param parent of which instance it is a child, or null; a second start for the same attempt is
   *     the first one repeated
   * @param idempotencyKey unique per user for 24 h, or null; a child has none
   */
  record Start(
      WorkflowInstanceId id,
      long projectId,
      long workflowId,
      int version,
      ExecutionType executionType,
      StartOptions options,
      Parent parent,
      long userId,
      String userName,
      String idempotencyKey,
      Instant at) {}

  /**
   * The instance that stands for the start.
   *
   * @param isNew false when the idempotency key had been used before, or the parent's attempt had a
   *     child: then it is the former start's instance
   * @param stopped instances of the definition for which this start has left a stop; their owners
   *     should be told to look
   */
  record Accepted(WorkflowInstance instance, boolean isNew, List<WorkflowInstanceId> stopped) {
    public Accepted(WorkflowInstance instance, boolean isNew) {
      this(instance, isNew, List.of());
    }
  }

  /**
   * Inserts the instance: durable when it emits. It is SUBMITTED, or if its definition is serial
   * SERIAL_WAIT, or STOPPED when it was discarded. A start that is repeated as it was, after a lost
   * reply, is the same start.
   */
  Single<Accepted> start(Start start);

  /**
   * What somebody wants of an instance. A resume, recovery or rerun of an instance whose definition
   * is serial enters the queue again, at its end.
   *
   * @param taskInstance for KILL_TASK and FORCE_SUCCESS, else null
   * @param round that the instance must be in, else the wish is refused; 0: whichever. So a wish
   *     that is recorded twice has its effect once
   */
  record Wish(
      WorkflowInstanceId instance,
      Command.Type type,
      TaskInstanceId taskInstance,
      int round,
      String actor) {
    public Wish(
        WorkflowInstanceId instance, Command.Type type, TaskInstanceId taskInstance, String actor) {
      this(instance, type, taskInstance, 0, actor);
    }
  }

  /** What became of a wish. */
  sealed interface WishOutcome {}

  /**
   * It is durable, as a command.
   *
   * @param stopped as for a start
   */
  record Recorded(long commandId, List<WorkflowInstanceId> stopped) implements WishOutcome {
    public Recorded(long commandId) {
      this(commandId, List.of());
    }
  }

  /** It would start a second instance of a SERIAL_DISCARD definition; nothing was recorded. */
  record Discarded(WorkflowInstanceId unfinished) implements WishOutcome {}

  /** There is no such instance. */
  record NoInstance() implements WishOutcome {}

  /** Inserts a command: durable when it emits. */
  Single<WishOutcome> command(Wish wish);
}
