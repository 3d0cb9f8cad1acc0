package io.porpoise.owner;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.Role;
import io.porpoise.store.SlotStore;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who owns which slot, from memory. It is read again when masters say that slots have moved, when
 * the membership changes, when somebody was told that a slot is not there, and now and then. What
 * it says may be stale: whoever acts on it must bear a wrong address. For one event loop.
 */
public final class SlotOwners implements SlotAddresses {
  private static final Logger log = LoggerFactory.getLogger(SlotOwners.class);
  private static final Duration REREAD = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How soon after one reading the next may begin: many masters may tell of moves at once. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final SlotStore slots;
  private final Registry registry;
  private final Bus bus;
  private final Clock clock;
  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private final List<Runnable> listeners = new ArrayList<>();
  private List<SlotRow> rows = List.of();
  private long readNanos;
  private boolean isReading;
  private boolean isStale;

  public SlotOwners(SlotStore slots, Registry registry, Bus bus, Clock clock) {
    this.slots = slots;
    this.registry = registry;
    this.bus = bus;
    this.clock = clock;
  }

  /** Begins to listen; the first reading is on its way when it completes. */
  public Completable start() {
    return bus.listen(Addresses.SLOTS, message -> refresh())
        .doOnComplete(
            () -> {
              isReading = true;
              read();
              subscriptions.add(registry.onMembers(members -> membersChanged()));
              sweep();
            });
  }

  public void stop() {
    subscriptions.dispose();
  }

  /** Calls back after every reading and every change of the membership. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Reads again soon; several wishes are one reading. */
  @Override
  public void refresh() {
    isStale = true;
    if (!isReading) {
      isReading = true;
      clock.schedule(PAUSE, this::read, subscriptions);
    }
  }

  /** The living master that owns the slot, as far as is known here. */
  public Optional<Member> ownerOf(int slot) {
    if (slot >= rows.size() || rows.get(slot).owner() == null) {
      return Optional.empty();
    }
    SlotRow row = rows.get(slot);
    MemberId id = new MemberId(Role.MASTER, row.owner(), row.incarnation());
    return registry.members().stream().filter(member -> member.id().equals(id)).findFirst();
  }

  /** Where to send what concerns the slot. */
  @Override
  public Optional<String> addressOf(int slot) {
    return ownerOf(slot).map(master -> Addresses.shardOf(master, slot));
  }

  /** Whether the slot table has been read at all. */
  public boolean isKnown() {
    return !rows.isEmpty();
  }

  public boolean isAnyMasterAlive() {
    return registry.members().stream().anyMatch(member -> member.id().role() == Role.MASTER);
  }

  private void membersChanged() {
    refresh();
    listeners.forEach(Runnable::run);
  }

  private void sweep() {
    long age = clock.monotonicNanos() - readNanos;
    if (rows.isEmpty() || age >= REREAD.toNanos()) {
      refresh();
    }
    clock.schedule(REREAD, this::sweep, subscriptions);
  }

  private void read() {
    isStale = false;
    slots
        .all()
        .subscribe(
            read -> {
              rows = read;
              readNanos = clock.monotonicNanos();
              listeners.forEach(Runnable::run);
              readEnded(PAUSE);
            },
            error -> {
              log.atDebug().log("slot table not read: {}", error.getMessage());
              isStale = true;
              readEnded(RETRY);
            },
            subscriptions);
  }

  private void readEnded(Duration pause) {
    if (isStale) {
      clock.schedule(pause, this::read, subscriptions);
    } else {
      isReading = false;
    }
  }
}
