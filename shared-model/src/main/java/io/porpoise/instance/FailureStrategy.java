package io.porpoise.instance;

/** What the failure of one task means for the other branches. */
public enum FailureStrategy {
  /** The others run to their end. */
  CONTINUE,
  /** What runs is killed, and nothing new starts. */
  END
}
