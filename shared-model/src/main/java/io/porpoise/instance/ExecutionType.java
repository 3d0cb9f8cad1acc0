package io.porpoise.instance;

/** How several instances of one definition live together. */
public enum ExecutionType {
  PARALLEL,
  SERIAL_WAIT,
  SERIAL_DISCARD,
  SERIAL_PRIORITY
}
