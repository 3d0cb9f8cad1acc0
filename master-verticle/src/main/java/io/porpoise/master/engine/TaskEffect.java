package io.porpoise.master.engine;

import io.porpoise.cluster.NodeId;
import java.time.Instant;

/** What must be done after a task's step; those that reach the outside wait for the commit. */
public sealed interface TaskEffect {
  /** Let it wait for a slot of its task group. */
  record AwaitSlot() implements TaskEffect {}

  /** Find out what it chooses. */
  record Decide() implements TaskEffect {}

  /** Have its child instance start or, when it has one already, go on. */
  record StartChild() implements TaskEffect {}

  /** Have its child instance start nothing more. */
  record PauseChild() implements TaskEffect {}

  /** Have its child instance stop. */
  record StopChild() implements TaskEffect {}

  /** Tell people that it takes too long. */
  record AlertTimeout() implements TaskEffect {}

  /** Let it wait for a worker. */
  record Enqueue() implements TaskEffect {}

  /** Send it to its worker, until answered. */
  record SendDispatch(NodeId worker) implements TaskEffect {}

  /** Have its worker kill it, until answered. */
  record SendKill(NodeId worker) implements TaskEffect {}

  /** Give the event back at that time. */
  record SetTimer(Instant at, TaskEvent event) implements TaskEffect {}

  /** Start a new attempt in its place. */
  record Replace(Cause cause) implements TaskEffect {
    /** Why there is another attempt: a retry is counted against the task, a loss is not. */
    public enum Cause {
      RETRY,
      LOSS
    }
  }
}
