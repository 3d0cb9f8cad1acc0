package io.porpoise.master.slot;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Reachability;
import io.porpoise.cluster.Reachability.Finding;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Masters whose heartbeats are missing and whose host refuses connections: dead, most likely, long
 * before their session ends. One that is only frozen or cut off refuses nothing and is left to its
 * session.
 *
 * <p>A suspicion may be wrong, as a firewall refuses as well; the database fences, so it costs a
 * take-over and nothing else. Whoever is seen to claim slots afterwards lives, and is not suspected
 * again in this life: or two masters would take slots from each other for ever.
 */
final class Suspects {
  private static final Logger log = LoggerFactory.getLogger(Suspects.class);
  private static final Duration PROBE_TIMEOUT = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofMillis(250);

  private final Clock clock;
  private final Reachability reachability;
  private final MemberId self;
  private final Duration patience;
  private final Runnable onChange;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Map<MemberId, Watched> watched = new TreeMap<>();

  /** A master that others than itself have an eye on. */
  private static final class Watched {
    final Member member;
    long heardNanos;
    Disposable next = Disposable.disposed();
    boolean isSuspected;
    boolean isTrusted;

    /** The epochs of all slots as first read after the suspicion. */
    long[] epochs;

    Watched(Member member, long nowNanos) {
      this.member = member;
      heardNanos = nowNanos;
    }
  }

  /**
   * @param patience silence that begins to be suspicious
   * @param onChange called when there is one suspect more or less
   */
  Suspects(
      Clock clock, Reachability reachability, MemberId self, Duration patience, Runnable onChange) {
    this.clock = clock;
    this.reachability = reachability;
    this.self = self;
    this.patience = patience;
    this.onChange = onChange;
  }

  /** Who is there, by the registry; whoever has gone needs no suspicion. */
  void members(List<Member> masters) {
    Map<MemberId, Watched> before = new TreeMap<>(watched);
    watched.clear();
    for (Member master : masters) {
      if (!master.id().equals(self)) {
        Watched known = before.remove(master.id());
        watched.put(
            master.id(), known != null ? known : new Watched(master, clock.monotonicNanos()));
        if (known == null) {
          look(watched.get(master.id()));
        }
      }
    }
    before.values().forEach(gone -> gone.next.dispose());
  }

  void heard(MemberId master) {
    Watched one = watched.get(master);
    if (one != null) {
      one.heardNanos = clock.monotonicNanos();
    }
  }

  boolean isSuspected(MemberId master) {
    Watched one = watched.get(master);
    return one != null && one.isSuspected;
  }

  private void look(Watched one) {
    Duration left = patience.minus(silence(one));
    if (left.isNegative() || left.isZero()) {
      reachability
          .probe(one.member, PROBE_TIMEOUT)
          .subscribe(
              finding -> found(one, finding), failure -> found(one, Finding.SILENT), running);
    } else {
      one.next = clock.schedule(left, () -> look(one));
    }
  }

  private Duration silence(Watched one) {
    return Duration.ofNanos(clock.monotonicNanos() - one.heardNanos);
  }

  private void found(Watched one, Finding finding) {
    MemberId id = one.member.id();
    if (watched.get(id) != one || one.isTrusted) {
      return;
    }
    if (finding == Finding.REFUSED && silence(one).compareTo(patience) >= 0) {
      one.isSuspected = true;
      log.atWarn()
          .addKeyValue("silentMillis", silence(one).toMillis())
          .log("{} sends no heartbeats and refuses connections: its slots are claimed", id);
      onChange.run();
    } else {
      one.next = clock.schedule(AGAIN, () -> look(one));
    }
  }

  /** The slot table as it is: shows suspects that go on claiming. */
  void read(List<SlotRow> rows) {
    for (Watched one : watched.values()) {
      if (one.isSuspected && one.epochs == null) {
        one.epochs = rows.stream().mapToLong(SlotRow::epoch).toArray();
      } else if (one.isSuspected && rows.stream().anyMatch(row -> isClaimSince(one, row))) {
        log.atWarn()
            .log("{} claims slots, so it lives; its session says how long", one.member.id());
        one.isSuspected = false;
        one.isTrusted = true;
        onChange.run();
      }
    }
  }

  private static boolean isClaimSince(Watched one, SlotRow row) {
    MemberId id = one.member.id();
    return id.node().equals(row.owner())
        && id.incarnation() == row.incarnation()
        && row.epoch() > one.epochs[row.slot()];
  }

  void close() {
    running.dispose();
    watched.values().forEach(one -> one.next.dispose());
    watched.clear();
  }
}
