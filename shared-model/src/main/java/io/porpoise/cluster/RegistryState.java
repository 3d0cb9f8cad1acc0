package io.porpoise.cluster;

/** The registry connection as this process sees it. */
public enum RegistryState {
  /** Connected, and this member's entry is there. */
  CONNECTED,
  /** No answer at present; the session may still live. */
  SUSPENDED,
  /** The session is over: to the others this member has gone. */
  LOST
}
