package io.porpoise.definition;

/** When a task whose worker was lost may start again. */
public enum OnWorkerLoss {
  /** Only when the old attempt is certainly dead. */
  FENCED,
  /** At once: the task bears two attempts running side by side. */
  AT_ONCE
}
