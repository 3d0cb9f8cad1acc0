package io.porpoise.worker.owner;

import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.LeaseGrants;
import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Registry;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry and the owners of all slots heard of for a longer {@link Lease}, whether
 * anything runs or not: with the registry away, what is dispatched next must find one.
 */
public final class LeaseRenewal {
  private static final Logger log = LoggerFactory.getLogger(LeaseRenewal.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final MemberId self;
  private final Clock clock;
  private final Bus bus;
  private final Registry registry;
  private final SlotOwners owners;
  private final Lease lease;
  private final Runnable beforeRenewal;
  private final CompositeDisposable running = new CompositeDisposable();
  private boolean isTouching;
  private boolean isOwnersTurn;

  /**
   * @param beforeRenewal what has lapsed must be ended before it seems to be held again
   */
  public LeaseRenewal(
      MemberId self,
      Clock clock,
      Bus bus,
      Registry registry,
      SlotOwners owners,
      Lease lease,
      Runnable beforeRenewal) {
    this.self = self;
    this.clock = clock;
    this.bus = bus;
    this.registry = registry;
    this.owners = owners;
    this.lease = lease;
    this.beforeRenewal = beforeRenewal;
  }

  /** Once a second. */
  public void beat() {
    touch();
    isOwnersTurn = !isOwnersTurn;
    if (isOwnersTurn) {
      owners.slotsByAddress().forEach(this::ask);
    }
  }

  /** The registry has answered what was sent then. */
  public void touched(long sentNanos) {
    beforeRenewal.run();
    lease.touched(sentNanos, clock.monotonicNanos());
  }

  public void close() {
    running.dispose();
  }

  private void touch() {
    if (isTouching) {
      return;
    }
    isTouching = true;
    long sent = clock.monotonicNanos();
    registry
        .touch()
        .doFinally(() -> isTouching = false)
        .subscribe(
            () -> touched(sent),
            error -> log.atDebug().log("Registry not reached: {}", error.getMessage()),
            running);
  }

  private void ask(String owner, List<Integer> slots) {
    long sent = clock.monotonicNanos();
    bus.request(owner, new LeaseRequest(self, slots), TIMEOUT)
        .subscribe(
            answer -> answered(answer, sent),
            error -> log.atDebug().log("Owner not reached: {}", error.getMessage()),
            running);
  }

  private void answered(Message answer, long sent) {
    beforeRenewal.run();
    long now = clock.monotonicNanos();
    ((LeaseGrants) answer)
        .grants()
        .forEach(
            grant -> lease.granted(grant.slots(), Duration.ofMillis(grant.millis()), sent, now));
  }
}
