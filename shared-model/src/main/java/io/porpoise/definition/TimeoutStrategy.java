package io.porpoise.definition;

/** What happens when a task's timeout is reached. */
public enum TimeoutStrategy {
  WARN,
  FAILED,
  WARNFAILED
}
