package io.porpoise.worker.owner;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How long attempts may go on without a sign of life (DESIGN.md, section 9): for each owner {@code
 * stopBy = max(z + Ts, g + L)}, where {@code z} is when the last answered write to the worker's own
 * registry entry was <em>sent</em>, and {@code g} when the last message was sent that the owner
 * answered. After that the owner may believe that the worker is dead, and run its tasks elsewhere.
 *
 * <p>Counted from the sending, because a slow answer must not lengthen the lease. All times are
 * monotonic nanoseconds.
 */
public final class Lease {
  /** L: for how long an owner's answer counts. */
  public static final Duration LENGTH = Duration.ofSeconds(20);

  private final long sessionNanos;
  private final Map<String, Long> answered = new HashMap<>();
  private Long touched;

  /**
   * @param session the registry's session time-out, Ts
   */
  public Lease(Duration session) {
    sessionNanos = session.toNanos();
  }

  /** The registry answered a write that was sent then. */
  public void touched(long sentNanos) {
    touched = touched == null ? sentNanos : Math.max(touched, sentNanos);
  }

  /** The owner at the address answered what was sent to it then. */
  public void answered(String owner, long sentNanos) {
    answered.merge(owner, sentNanos, Math::max);
  }

  /** Forgets owners for whom nothing runs. */
  public void keepOnly(Set<String> owners) {
    answered.keySet().retainAll(owners);
  }

  /** How long the attempts of an owner may still go on; zero when they must not. */
  public Duration remaining(String owner, long nowNanos) {
    long byRegistry = touched == null ? 0 : touched + sessionNanos - nowNanos;
    Long sent = answered.get(owner);
    long byOwner = sent == null ? 0 : sent + LENGTH.toNanos() - nowNanos;
    return Duration.ofNanos(Math.max(0, Math.max(byRegistry, byOwner)));
  }
}
