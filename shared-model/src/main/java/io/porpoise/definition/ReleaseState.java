package io.porpoise.definition;

/** Only ONLINE workflows are started or scheduled. */
public enum ReleaseState {
  ONLINE,
  OFFLINE
}
