package io.porpoise.instance;

/** How a finished instance goes on. */
public enum Reopening {
  /** From a pause or a stop: what was kept from running runs, what has ended stays. */
  RESUME,
  /** What failed, was killed or lost runs again, with all that comes after it. */
  RECOVER_FAILED,
  /** Everything runs again. */
  RERUN
}
