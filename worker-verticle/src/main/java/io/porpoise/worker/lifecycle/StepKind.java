package io.porpoise.worker.lifecycle;

/** How an event was met. */
public enum StepKind {
  /** Something changed. */
  MOVED,
  /** Late or repeated: normal, and without consequence. */
  IGNORED,
  /** A bug: counted and warned of in production, a failure in tests and simulations. */
  UNEXPECTED
}
