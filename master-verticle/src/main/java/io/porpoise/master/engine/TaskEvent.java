package io.porpoise.master.engine;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.ChildRun;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reason;
import io.porpoise.instance.WorkflowState;
import java.time.Instant;
import java.util.Map;

/** What can happen to one attempt. */
public sealed interface TaskEvent {
  /** What a worker says of an attempt, or what is known of it for the worker. */
  interface OfWorker {
    NodeId worker();
  }

  /** A worker was chosen, and the parameters are resolved. */
  record Assigned(NodeId worker, Map<String, String> params) implements TaskEvent {}

  /** It cannot be prepared for any worker: its parameters do not resolve. */
  record Unpreparable(Reason reason) implements TaskEvent {}

  /** The worker will not start it on the word of that dispatch. */
  record Refused(NodeId worker, int number, Reason reason) implements TaskEvent, OfWorker {}

  /** Its process runs. */
  record Started(NodeId worker, Instant at) implements TaskEvent, OfWorker {}

  /**
   * It ended by itself, with success.
   *
   * @param startedAt here and below: when its process was started, as far as the owner's clock can
   *     tell; it counts when no {@link Started} was heard
   */
  record Succeeded(NodeId worker, Instant startedAt, Map<String, String> outputs)
      implements TaskEvent, OfWorker {}

  /** It ended by itself, badly. */
  record Failed(NodeId worker, Instant startedAt, Integer exitCode, Reason reason)
      implements TaskEvent, OfWorker {}

  /** Its process tree was killed and is gone. */
  record Killed(NodeId worker) implements TaskEvent, OfWorker {}

  /** The worker has never started it, and now never will: the answer to a kill. */
  record NeverStarted(NodeId worker) implements TaskEvent, OfWorker {}

  /** It will not be heard of again: its worker is gone for good, or has lost its process. */
  record Lost(NodeId worker, Reason reason) implements TaskEvent, OfWorker {}

  /** The pause before its next attempt is over. */
  record RetryDue() implements TaskEvent {}

  /** Its delay is over. */
  record DelayDue() implements TaskEvent {}

  /** It has taken longer than it may. */
  record TimeoutDue() implements TaskEvent {}

  /** Somebody or something wants it to end. */
  record KillRequested(KillCause cause) implements TaskEvent {}

  /** Nobody is to start it for now. */
  record PauseRequested() implements TaskEvent {}

  /** Somebody declares that it counts as a success. */
  record SuccessForced() implements TaskEvent {}

  /** It has a slot of its task group. */
  record SlotGranted() implements TaskEvent {}

  /**
   * No worker has been found for long enough.
   *
   * @param dispatches how often it had been dispatched when the wait began; a later wait is another
   */
  record DispatchTimeoutDue(int dispatches) implements TaskEvent {}

  /**
   * A SWITCH or CONDITIONS has chosen.
   *
   * @param params as it saw them
   */
  record Decided(String branch, Map<String, String> params) implements TaskEvent {}

  /** Its child instance is there and goes on. */
  record ChildStarted(ChildRun child) implements TaskEvent {}

  /** There can be no child instance. */
  record ChildRefused(Reason reason) implements TaskEvent {}

  /**
   * Its child instance has finished.
   *
   * @param child with the round that has ended
   */
  record ChildEnded(ChildRun child, WorkflowState state, Reason reason, Map<String, String> outputs)
      implements TaskEvent {}
}
