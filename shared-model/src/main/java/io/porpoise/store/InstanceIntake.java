package io.porpoise.store;

import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;

/** What API nodes insert; they never update an instance. */
public interface InstanceIntake {
  /**
   * A start as accepted.
   *
   * @param idempotencyKey unique per user for 24 h, or null
   */
  record Start(
      WorkflowInstanceId id,
      long projectId,
      long workflowId,
      int version,
      StartOptions options,
      long userId,
      String userName,
      String idempotencyKey,
      Instant at) {}

  /**
   * The instance that stands for the start.
   *
   * @param isNew false when the idempotency key had been used before: then it is the former start's
   *     instance
   */
  record Accepted(WorkflowInstance instance, boolean isNew) {}

  /**
   * Inserts the instance, state SUBMITTED: durable when it emits. A start that is repeated as it
   * was, after a lost reply, is the same start.
   */
  Single<Accepted> start(Start start);

  /**
   * Inserts a command: durable when it emits its id. Fails with {@link
   * java.util.NoSuchElementException} when there is no such instance.
   */
  Single<Long> command(
      WorkflowInstanceId instance, Command.Type type, TaskInstanceId taskInstance, String actor);
}
