package io.porpoise.chaos.workload;

/**
 * A start that the server has accepted, and what became of the user's change of mind.
 *
 * @param key the idempotency key, which the tasks are given as well
 * @param wishMayCount false when there was none, or when it certainly came too late
 */
public record Start(
    String key, WorkflowPlan plan, String instance, Wish wish, boolean wishMayCount) {
  /** What the user wanted soon after the start. */
  public enum Wish {
    NONE,
    STOP,
    KILL_A_TASK
  }

  /** Whether it was left to itself, so that its end is known beforehand. */
  public boolean isUndisturbed() {
    return !wishMayCount;
  }

  Start with(Wish newWish, boolean mayCount) {
    return new Start(key, plan, instance, newWish, mayCount);
  }
}
