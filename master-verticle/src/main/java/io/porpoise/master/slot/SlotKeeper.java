package io.porpoise.master.slot;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Reachability;
import io.porpoise.cluster.RegistryState;
import io.porpoise.master.MasterSettings;
import io.porpoise.store.SlotStore;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Claims and releases the slots of one master, as the members come and go. */
public final class SlotKeeper {
  /** Who works with the slots. */
  public interface Holder {
    /** Slots were claimed, at these epochs. */
    void gained(Map<Integer, Long> slots);

    /**
     * The database was asked then and says that these are the present epochs.
     *
     * @param epochs by slot; 0 for those that are not held
     */
    void confirmed(long[] epochs, long askedNanos);

    /** Completes when nothing is written for these slots any more. */
    Completable released(Collection<Integer> slots);

    /** Somebody else has them already. */
    void lost(Collection<Integer> slots);

    /** The table has changed by this master's doing. */
    void moved();
  }

  private static final Logger log = LoggerFactory.getLogger(SlotKeeper.class);
  private static final Duration PARTING_MAX = Duration.ofSeconds(5);
  private static final Duration REVIEW = Duration.ofSeconds(5);

  private final Clock clock;
  private final SlotStore store;
  private final MemberId self;
  private final Duration claimDelay;
  private final Holder holder;
  private final Suspects suspects;
  private final CompositeDisposable running = new CompositeDisposable();
  private final HeldSlots held = new HeldSlots();
  private final Map<Integer, Long> wantedSince = new HashMap<>();
  private List<Member> members = List.of();
  private List<MemberId> masters = List.of();
  private BitSet wanted = new BitSet();
  private Disposable nextReview = Disposable.disposed();
  private Disposable nextForced = Disposable.disposed();
  private boolean isRegistered;
  private boolean isReviewing;
  private boolean isReviewDue;

  /** An outage is told once. */
  private boolean isTroubled;

  public SlotKeeper(
      Clock clock,
      SlotStore store,
      Reachability reachability,
      MemberId self,
      MasterSettings settings,
      Holder holder) {
    this.clock = clock;
    this.store = store;
    this.self = self;
    claimDelay = settings.claimDelay();
    this.holder = holder;
    suspects = new Suspects(clock, reachability, self, settings.suspicion(), this::plan);
  }

  public void start() {
    reviewLater(REVIEW);
  }

  /** The newest incarnation of each master. */
  public void members(List<Member> newestMasters) {
    members = newestMasters;
    suspects.members(newestMasters);
    plan();
  }

  /** A master has given proof of life. */
  public void heard(MemberId master) {
    suspects.heard(master);
  }

  private void plan() {
    masters = members.stream().map(Member::id).filter(id -> !suspects.isSuspected(id)).toList();
    wanted = SlotPlan.wanted(self.node(), masters);
    review();
  }

  public void state(RegistryState state) {
    isRegistered = state == RegistryState.CONNECTED;
  }

  /** Something about the table has changed. */
  public void review() {
    isReviewDue = true;
    if (isReviewing || running.isDisposed()) {
      return;
    }
    isReviewing = true;
    isReviewDue = false;
    long asked = clock.monotonicNanos();
    store
        .all()
        .flatMapCompletable(rows -> compare(rows, asked))
        .subscribe(
            () -> {
              isTroubled = false;
              reviewed();
            },
            failure -> {
              log.atLevel(isTroubled ? Level.DEBUG : Level.WARN)
                  .addKeyValue("cause", failure)
                  .log("slots cannot be reviewed yet");
              isTroubled = true;
              reviewed();
            },
            running);
  }

  private void reviewed() {
    isReviewing = false;
    if (isReviewDue) {
      review();
    }
  }

  private void reviewLater(Duration delay) {
    nextReview =
        clock.schedule(
            delay,
            () -> {
              review();
              reviewLater(REVIEW);
            });
  }

  private Completable compare(List<SlotRow> rows, long asked) {
    dropWhatOthersHave(rows);
    suspects.read(rows);
    holder.confirmed(held.toArray(), asked);
    // Without the registry this master cannot know who else is there; what it holds stays fenced by
    // its epochs.
    if (!isRegistered || !masters.contains(self)) {
      return Completable.complete();
    }
    BitSet plan = wanted;
    return release(plan).andThen(Completable.defer(() -> claim(rows, plan)));
  }

  private void dropWhatOthersHave(List<SlotRow> rows) {
    List<Integer> lost = new ArrayList<>();
    for (SlotRow row : rows) {
      if (held.hasAtOther(row.slot(), row.epoch())) {
        lost.add(row.slot());
      }
    }
    if (!lost.isEmpty()) {
      held.remove(lost);
      holder.lost(lost);
    }
  }

  private Completable release(BitSet plan) {
    List<Integer> surplus = held.all(slot -> !plan.get(slot));
    return surplus.isEmpty() ? Completable.complete() : giveUp(surplus);
  }

  private Completable giveUp(List<Integer> slots) {
    held.remove(slots);
    return holder
        .released(slots)
        .andThen(Completable.defer(() -> store.release(self.node(), self.incarnation(), slots)))
        .doOnComplete(
            () -> {
              log.atInfo().addKeyValue("slots", slots.size()).log("slots released");
              holder.moved();
            });
  }

  private Completable claim(List<SlotRow> rows, BitSet plan) {
    long now = clock.monotonicNanos();
    List<SlotRow> mine = new ArrayList<>();
    long nextDueNanos = Long.MAX_VALUE;
    for (SlotRow row : rows) {
      if (!plan.get(row.slot()) || held.has(row.slot())) {
        forgetWanted(row.slot());
      } else if (!isOwnerThere(row) || patienceNanos(row, now) <= 0) {
        mine.add(row);
      } else {
        nextDueNanos = Math.min(nextDueNanos, patienceNanos(row, now));
      }
    }
    nextForced.dispose();
    if (nextDueNanos != Long.MAX_VALUE) {
      // Its owner tells when it has released them; this is for one that does not.
      nextForced = clock.schedule(Duration.ofNanos(nextDueNanos), this::review);
    }
    if (mine.isEmpty()) {
      return Completable.complete();
    }
    return store
        .claim(self.node(), self.incarnation(), mine)
        .doOnSuccess(this::gained)
        .ignoreElement();
  }

  /** How long its living owner may still take to release it. */
  private long patienceNanos(SlotRow row, long now) {
    long since = wantedSince.computeIfAbsent(row.slot(), slot -> now);
    return claimDelay.toNanos() - (now - since);
  }

  private void forgetWanted(int slot) {
    if (!wantedSince.isEmpty()) {
      wantedSince.remove(slot);
    }
  }

  private boolean isOwnerThere(SlotRow row) {
    return row.owner() != null
        && masters.stream()
            .anyMatch(
                master ->
                    master.node().equals(row.owner()) && master.incarnation() == row.incarnation())
        && !(self.node().equals(row.owner()) && self.incarnation() == row.incarnation());
  }

  private void gained(List<SlotRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Map<Integer, Long> epochs = new TreeMap<>();
    rows.forEach(row -> epochs.put(row.slot(), row.epoch()));
    held.add(epochs);
    epochs.keySet().forEach(this::forgetWanted);
    log.atInfo().addKeyValue("slots", rows.size()).log("slots claimed");
    holder.gained(epochs);
    holder.moved();
    isReviewDue = true; // it confirms them: before that no leases are granted for them
  }

  /** A batch was refused: the slots have gone. */
  public void lost(Set<Integer> slots) {
    held.remove(slots);
    review();
  }

  /** Of all slots, 0 for those that are not held. */
  public long[] epochs() {
    return held.toArray();
  }

  /**
   * Gives everything up, so that the others need not wait. A database that is silent holds up no
   * stop: what is not released is claimed when this master has left.
   */
  public Completable stop() {
    close();
    List<Integer> all = held.all();
    return all.isEmpty() ? Completable.complete() : Completable.ambArray(giveUp(all), late());
  }

  private Completable late() {
    return Completable.create(
        emitter -> emitter.setDisposable(clock.schedule(PARTING_MAX, emitter::onComplete)));
  }

  /** Stops at once. */
  public void close() {
    running.dispose();
    nextReview.dispose();
    nextForced.dispose();
    suspects.close();
  }
}
