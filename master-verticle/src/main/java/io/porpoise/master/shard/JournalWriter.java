package io.porpoise.master.shard;

import io.porpoise.cluster.MemberId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.engine.Effect;
import io.porpoise.master.engine.Step;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Journal;
import io.porpoise.time.Backoff;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what a shard decides durable: gathers changes in an open batch while another is in flight,
 * and lets effects and answers go when their batch is committed (group commit).
 *
 * <p>Rows are absolute and guarded by epochs, so a batch whose fate is unknown is tried again until
 * the database answers: first {@code lastSeq} is asked, which tells whether it had been committed
 * after all. A batch that lost slots goes on without them. One that the database refuses is halved
 * until the one bad instance is found, and that alone is given up.
 */
public final class JournalWriter {
  /** What the timer of the next commit is set for. */
  private enum Wait {
    NONE,
    LAZY,
    PACING
  }

  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
  private static final int ROWS_THAT_MEAN_LOAD = 32;

  private final Clock clock;
  private final Journal journal;
  private final MemberId self;
  private final int shard;
  private final MasterSettings settings;
  private final Ownership ownership;
  private final JournalListener listener;
  private final CompositeDisposable running = new CompositeDisposable();
  private final OpenBatch open;
  private final InFlight inFlight = new InFlight();
  private final Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(2));
  private Disposable timer = Disposable.disposed();
  private Wait wait = Wait.NONE;
  private long seq;
  private long lastStartNanos;
  private int lastRows;
  private boolean isStruggling;

  JournalWriter(
      Clock clock,
      Journal journal,
      MemberId self,
      int shard,
      MasterSettings settings,
      Ownership ownership,
      Backlog backlog,
      JournalListener listener) {
    this.clock = clock;
    this.journal = journal;
    this.self = self;
    this.shard = shard;
    this.settings = settings;
    this.ownership = ownership;
    this.listener = listener;
    open = new OpenBatch(ownership, backlog);
  }

  /** Adds a step's changes; the effects wait for their commit. */
  void add(WorkflowInstance asOfNow, Step step, List<Effect> afterCommit) {
    if (step.hasChanges() || !afterCommit.isEmpty()) {
      open.add(asOfNow, step, afterCommit);
    }
  }

  /**
   * A command has been applied, or refused with an entry in the history; its row goes with the
   * batch.
   */
  void addCommand(WorkflowInstanceId id, long command, HistoryEntry refusal) {
    PendingChange change = open.change(id);
    change.addCommand(command);
    if (refusal != null) {
      change.addHistory(refusal);
    }
    open.makeUrgent();
  }

  /**
   * Calls back once all that is known of the instance at this moment is durable, or will never be.
   */
  void whenDurable(WorkflowInstanceId id, Runnable onDurable, Runnable onDropped) {
    PendingChange change = open.find(id);
    if (change == null) {
      change = inFlight.find(id);
    }
    if (change == null) {
      onDurable.run();
    } else {
      change.addWaiter(new PendingChange.Waiter(onDurable, onDropped));
    }
  }

  /** Writes what there is to write, when it is time. */
  void flush() {
    boolean isWaitLongEnough = wait == Wait.PACING || (wait == Wait.LAZY && !open.isUrgent());
    if (open.isEmpty() || !inFlight.isEmpty() || isWaitLongEnough || running.isDisposed()) {
      return;
    }
    timer.dispose();
    wait = open.isUrgent() ? Wait.PACING : Wait.LAZY;
    Duration pause = open.isUrgent() ? pacing() : settings.lazyCommit();
    if (pause.isZero() || pause.isNegative()) {
      start();
    } else {
      timer = clock.schedule(pause, this::start);
    }
  }

  /** The first commit after idle goes at once; under load commits are paced and grow. */
  private Duration pacing() {
    if (lastRows < ROWS_THAT_MEAN_LOAD) {
      return Duration.ZERO;
    }
    return settings.commitPacing().minus(Duration.ofNanos(clock.monotonicNanos() - lastStartNanos));
  }

  private void start() {
    wait = Wait.NONE;
    List<PendingChange> part = open.take(settings.batchMaxRows());
    lastStartNanos = clock.monotonicNanos();
    lastRows = part.stream().mapToInt(PendingChange::rows).sum();
    inFlight.addFirst(part);
    writeNext();
  }

  private void writeNext() {
    List<PendingChange> part = inFlight.peek();
    if (part == null) {
      flush();
      return;
    }
    Map<Integer, Long> guards = new TreeMap<>();
    List<PendingChange> owned = new ArrayList<>();
    for (PendingChange change : part) {
      int slot = change.id().slot();
      if (ownership.owns(slot) && ownership.epoch(slot) == change.epoch()) {
        guards.put(slot, change.epoch());
        owned.add(change);
      } else {
        change.drop();
      }
    }
    inFlight.poll();
    if (owned.isEmpty()) {
      writeNext();
      return;
    }
    inFlight.addFirst(owned);
    seq++;
    tryOnce(
        new Batch(
            self.node(),
            self.incarnation(),
            shard,
            seq,
            guards,
            owned.stream().map(PendingChange::toWrite).toList()));
  }

  private void tryOnce(Batch batch) {
    journal
        .commit(batch)
        .subscribe(
            outcome -> concluded(batch, outcome), failure -> unknown(batch, failure), running);
  }

  private void concluded(Batch batch, Journal.Outcome outcome) {
    calm();
    List<PendingChange> part = inFlight.poll();
    if (outcome instanceof Journal.Committed) {
      ownership.confirm(batch.guards(), lastStartNanos);
      part.forEach(this::committed);
    } else if (outcome instanceof Journal.LostSlots lost) {
      inFlight.addFirst(part); // the next try leaves out what is no longer owned
      Set<Integer> gone = ownership.loseAt(batch.guards(), lost.slots());
      listener.lost(gone);
    } else {
      refused(part, (Journal.Rejected) outcome);
    }
    writeNext();
  }

  private void refused(List<PendingChange> part, Journal.Rejected rejected) {
    if (part.size() == 1) {
      PendingChange poisoned = part.get(0);
      poisoned.drop();
      listener.quarantined(poisoned.id(), rejected.message());
      return;
    }
    int half = part.size() / 2;
    inFlight.addFirst(part.subList(half, part.size()));
    inFlight.addFirst(part.subList(0, half));
  }

  /**
   * The reply was lost, or another try may succeed; what has been committed must not be taken as
   * lost.
   */
  private void unknown(Batch batch, Throwable failure) {
    if (!isStruggling) {
      log.atWarn().addKeyValue("cause", failure).log("a commit was not answered; trying again");
    }
    isStruggling = true;
    timer = clock.schedule(backoff.next(), () -> askWhetherCommitted(batch));
  }

  private void askWhetherCommitted(Batch batch) {
    journal
        .lastSeq(batch.node(), batch.incarnation(), batch.shard())
        .subscribe(
            last -> {
              if (last >= batch.seq()) {
                concluded(batch, new Journal.Committed());
              } else {
                tryOnce(batch);
              }
            },
            failure -> unknown(batch, failure),
            running);
  }

  private void calm() {
    if (isStruggling) {
      log.info("the database answers again");
    }
    isStruggling = false;
    backoff.reset();
  }

  private void committed(PendingChange change) {
    if (change.instance() != null) {
      listener.committed(change.id(), change.instance(), change.tasks());
    }
    change.effects().forEach(effect -> listener.perform(change.id(), effect));
    change.settle();
  }

  /** Forgets what is to be written of an instance whose actor is discarded. */
  void discard(WorkflowInstanceId id) {
    PendingChange change = open.remove(id);
    if (change != null) {
      change.drop();
    }
  }

  /** Whether the database does not answer at present. */
  boolean isStruggling() {
    return isStruggling;
  }

  void close() {
    running.dispose();
    timer.dispose();
  }
}
