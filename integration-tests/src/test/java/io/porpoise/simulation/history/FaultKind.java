package io.porpoise.simulation.history;

/** What may go wrong in a history; each history draws its own selection. */
public enum FaultKind {
  /** {@code kill -9}, and a later start. */
  MASTER_CRASH,
  WORKER_CRASH,
  API_CRASH,
  /** SIGTERM, and a later start. */
  MASTER_STOP,
  WORKER_STOP,
  /** A worker's machine is switched off, with all that it runs. */
  MACHINE_CRASH,
  /** Everything is switched off, and comes back. */
  POWER_LOSS,
  /** SIGSTOP of a JVM, and later SIGCONT. */
  PAUSE,
  /** One event loop of a master is held up; the others go on. */
  LOOP_STALL,
  PARTITION,
  /** Two halves that do not hear each other; registry and database are in one of them. */
  SPLIT,
  SESSION_LOSS,
  REGISTRY_AWAY,
  DATABASE_AWAY,
  /** It takes what it is sent and does it later. */
  DATABASE_FROZEN,
  /** Lost, doubled, late and so overtaken. */
  MESSAGES,
  /** 1213, 1205, lost requests, lost replies, late and slow ones. */
  DATABASE_CALLS,
  CLOCK_JUMP,
  /** A disk that makes no directories. */
  DISK
}
