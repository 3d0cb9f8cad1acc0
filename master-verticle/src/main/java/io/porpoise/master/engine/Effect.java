package io.porpoise.master.engine;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.time.Instant;

/**
 * What must be done after a step. Only {@link Enqueue}, {@link Decide} and {@link SetTimer} may be
 * done before the commit.
 */
public sealed interface Effect {
  /** Let the task wait for a worker. */
  record Enqueue(TaskInstance task) implements Effect {}

  /** Give the event back at that time. */
  record SetTimer(Instant at, WorkflowEvent event) implements Effect {}

  /** Send it to its worker, until answered, unless it has been dispatched anew by then. */
  record SendDispatch(TaskInstanceId task, NodeId worker, int number) implements Effect {}

  /** Have its worker kill it, until answered. */
  record SendKill(TaskInstanceId task, NodeId worker) implements Effect {}

  /** Let the task wait for a slot of its task group. */
  record AwaitSlot(TaskInstance task) implements Effect {}

  /** A slot of the task group is free again. */
  record FreeSlot(String group) implements Effect {}

  /** Find out what the SWITCH or CONDITIONS chooses. */
  record Decide(TaskInstance task) implements Effect {}

  /** Have the child instance of the task start or, when it has one already, go on. */
  record StartChild(TaskInstance task) implements Effect {}

  /** Have the child instance start nothing more. */
  record PauseChild(WorkflowInstanceId child) implements Effect {}

  /** Have the child instance stop. */
  record StopChild(WorkflowInstanceId child) implements Effect {}

  /** Tell the instance when it is the first in the queue of its definition. */
  record AwaitTurn(long workflowId, long ticket) implements Effect {}

  /** It has left the queue of its definition: the next one may go on. */
  record HandOver(long workflowId) implements Effect {}

  /** It is a child, and has finished. */
  record TellParent(WorkflowInstanceId parent) implements Effect {}

  /** The instance is finished and leaves memory. */
  record Forget() implements Effect {}
}
