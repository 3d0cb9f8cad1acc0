package io.porpoise.instance;

/** Priorities of workflows and tasks, most urgent first. */
public enum Priority {
  HIGHEST,
  HIGH,
  MEDIUM,
  LOW,
  LOWEST
}
