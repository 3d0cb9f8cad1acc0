package io.porpoise.master.report;

import io.porpoise.bus.message.LeaseGrants;
import io.porpoise.bus.message.LeaseGrants.Grant;
import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.cluster.NodeId;
import io.porpoise.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lets the attempts of workers go on. Whoever has claimed a slot since the database last confirmed
 * its epoch counts the lease from the claim, so no more is granted than what is left of it since
 * then; a master that the database does not answer grants less and less, and at last nothing.
 */
public final class LeaseDesk {
  /** What is known of the epochs of slots. */
  public interface Epochs {
    /**
     * How long ago the database was last asked for the epoch of a slot and confirmed it; for ever
     * when the slot is not owned.
     */
    long unconfirmedNanos(int slot, long nowNanos);
  }

  private static final Duration ROUNDING = Duration.ofSeconds(1);

  private final Clock clock;
  private final Duration lease;
  private final Epochs epochs;
  private final Consumer<NodeId> onGrant;

  /**
   * @param lease L
   * @param onGrant told before a worker is granted anything
   */
  public LeaseDesk(Clock clock, Duration lease, Epochs epochs, Consumer<NodeId> onGrant) {
    this.clock = clock;
    this.lease = lease;
    this.epochs = epochs;
    this.onGrant = onGrant;
  }

  public LeaseGrants handle(LeaseRequest request) {
    onGrant.accept(request.worker().node());
    long now = clock.monotonicNanos();
    Map<Long, List<Integer>> grants = new TreeMap<>();
    for (int slot : request.slots()) {
      // Rounded down, so that there are few different ones.
      long steps = (lease.toNanos() - epochs.unconfirmedNanos(slot, now)) / ROUNDING.toNanos();
      if (steps > 0) {
        grants.computeIfAbsent(steps, key -> new ArrayList<>()).add(slot);
      }
    }
    return new LeaseGrants(
        grants.entrySet().stream()
            .map(grant -> new Grant(grant.getKey() * ROUNDING.toMillis(), grant.getValue()))
            .toList());
  }
}
