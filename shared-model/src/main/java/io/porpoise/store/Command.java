package io.porpoise.store;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;

/**
 * A durable intention about an instance that exists.
 *
 * @param id grows; commands of one instance are applied in this order
 * @param taskInstance for KILL_TASK and FORCE_SUCCESS, else null
 * @param ticket the place in its definition's queue that it has taken for the instance, 0: none.
 *     Whoever deletes the command without using it gives it up
 * @param round of the instance that it is about: in another one it is refused; 0: whichever
 * @param actor who wants it
 */
public record Command(
    long id,
    WorkflowInstanceId instance,
    Type type,
    TaskInstanceId taskInstance,
    long ticket,
    int round,
    String actor) {
  /** One that is about the instance in whichever round it is. */
  public Command(
      long id,
      WorkflowInstanceId instance,
      Type type,
      TaskInstanceId taskInstance,
      long ticket,
      String actor) {
    this(id, instance, type, taskInstance, ticket, 0, actor);
  }

  /** What is wanted. */
  public enum Type {
    STOP,
    PAUSE,
    RESUME,
    RERUN,
    RECOVER_FAILED,
    KILL_TASK,
    FORCE_SUCCESS
  }
}
