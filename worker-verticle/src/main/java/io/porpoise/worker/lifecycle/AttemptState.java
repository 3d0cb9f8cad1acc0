package io.porpoise.worker.lifecycle;

/** Where an attempt is in its life at the worker. */
public enum AttemptState {
  /** Its directory is being made; nothing of it runs, and it can still be refused. */
  CREATING,
  /** Durable in the spool; its process has been asked for. */
  STARTING,
  /** Its process runs. */
  RUNNING,
  /** Its process tree is being killed, or will be as soon as it exists. */
  KILLING,
  /** Its process has ended; the outputs are being read from the log. */
  COLLECTING,
  /** It has ended; the owner has not acknowledged that yet. */
  ENDED,
  /** Of no more interest: acknowledged, refused or unwanted. */
  RELEASED;

  public boolean isTerminal() {
    return this == RELEASED;
  }

  /** Whether it counts as one of those that the worker has at a time; its log may still grow. */
  public boolean takesRoom() {
    return this != ENDED && this != RELEASED;
  }

  /** Whether something of it runs, or may run some day. */
  public boolean mayRun() {
    return this == CREATING || isAlive();
  }

  /** Whether something of it runs or is about to. */
  public boolean isAlive() {
    return this == STARTING || this == RUNNING || this == KILLING;
  }
}
