package io.porpoise.master.engine;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import java.time.Instant;

/**
 * What must be done after a step. Only {@link Enqueue} and {@link SetTimer} may be done before the
 * commit.
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

  /** The instance is finished and leaves memory. */
  record Forget() implements Effect {}
}
