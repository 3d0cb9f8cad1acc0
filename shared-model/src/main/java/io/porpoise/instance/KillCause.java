package io.porpoise.instance;

/** Who or what ordered an attempt to be killed; it decides how the attempt's end counts. */
public enum KillCause {
  /** The whole instance is being stopped. */
  STOP,
  /** A person killed this one task. */
  USER,
  /** The task's own timeout. */
  TIMEOUT,
  /** Another branch failed and the failure strategy is END. */
  FAILURE_STRATEGY
}
