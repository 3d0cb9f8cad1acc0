package io.porpoise.master.engine;

/** How an event was met. */
public enum StepKind {
  /** Something changed. */
  MOVED,
  /** Late or repeated: normal, and without consequence. */
  IGNORED,
  /**
   * Should not happen: a bug. Counted and warned of in production, a failure in tests and
   * simulations.
   */
  UNEXPECTED
}
