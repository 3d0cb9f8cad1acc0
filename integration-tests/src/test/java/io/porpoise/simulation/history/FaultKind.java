package io.porpoise.simulation.history;

/** What may go wrong in a history; each history draws its own selection. */
enum FaultKind {
  MASTER_CRASH,
  WORKER_CRASH,
  MASTER_STOP,
  WORKER_STOP,
  PAUSE,
  PARTITION,
  SESSION_LOSS,
  REGISTRY_AWAY,
  DATABASE_AWAY,
  MESSAGES,
  DATABASE_CALLS,
  CLOCK_JUMP,
  DISK
}
