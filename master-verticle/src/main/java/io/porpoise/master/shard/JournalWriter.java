package io.porpoise.master.shard;

import io.porpoise.cluster.MemberId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
  /** What the shard must know of. */
  interface Listener {
    void committed(WorkflowInstanceId id, WorkflowInstance instance, List<TaskInstance> tasks);

    void perform(WorkflowInstanceId id, Effect effect);

    void lost(Set<Integer> slots);

    void quarantined(WorkflowInstanceId id, String why);
  }

  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
  private static final int ROWS_THAT_MEAN_LOAD = 32;

  private final Clock clock;
  private final Journal journal;
  private final MemberId self;
  private final int shard;
  private final MasterSettings settings;
  private final Ownership ownership;
  private final Listener listener;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Map<WorkflowInstanceId, PendingChange> open = new LinkedHashMap<>();
  private final ArrayDeque<List<PendingChange>> inFlight = new ArrayDeque<>();
  private final Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(2));
  private Disposable timer = Disposable.disposed();
  private boolean isUrgent;
  private boolean isTimerSet;
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
      Listener listener) {
    this.clock = clock;
    this.journal = journal;
    this.self = self;
    this.shard = shard;
    this.settings = settings;
    this.ownership = ownership;
    this.listener = listener;
  }

  /** Adds a step's changes; the effects wait for their commit. */
  void add(WorkflowInstance asOfNow, Step step, List<Effect> afterCommit) {
    boolean writes = step.instance() != null || !step.tasks().isEmpty();
    if (!writes && afterCommit.isEmpty()) {
      return;
    }
    change(asOfNow.id()).add(asOfNow, step, afterCommit);
    isUrgent |= step.instance() != null || !afterCommit.isEmpty() || hasMoreThanStarts(step);
  }

  private static boolean hasMoreThanStarts(Step step) {
    for (TaskInstance task : step.tasks()) {
      if (task.state() != TaskState.RUNNING || task.killCause() != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * A command has been applied, or refused with an entry in the history; its row goes with the
   * batch.
   */
  void addCommand(WorkflowInstanceId id, long command, HistoryEntry refusal) {
    PendingChange change = change(id);
    change.addCommand(command);
    if (refusal != null) {
      change.addHistory(refusal);
    }
    isUrgent = true;
  }

  private PendingChange change(WorkflowInstanceId id) {
    return open.computeIfAbsent(id, PendingChange::new);
  }

  /**
   * Calls back once all that is known of the instance at this moment is durable, or will never be.
   */
  void whenDurable(WorkflowInstanceId id, Runnable onDurable, Runnable onDropped) {
    PendingChange change = open.get(id);
    if (change == null) {
      change = findInFlight(id);
    }
    if (change == null) {
      onDurable.run();
    } else {
      change.addWaiter(new PendingChange.Waiter(onDurable, onDropped));
    }
  }

  private PendingChange findInFlight(WorkflowInstanceId id) {
    for (List<PendingChange> part : inFlight) {
      for (PendingChange change : part) {
        if (change.id().equals(id)) {
          return change;
        }
      }
    }
    return null;
  }

  /** Whether everything is written. */
  boolean isIdle() {
    return open.isEmpty() && inFlight.isEmpty();
  }

  /** Writes what there is to write, when it is time. */
  void flush() {
    if (open.isEmpty() || !inFlight.isEmpty() || isTimerSet || running.isDisposed()) {
      return;
    }
    Duration wait = isUrgent ? pacing() : settings.lazyCommit();
    if (wait.isZero() || wait.isNegative()) {
      start();
      return;
    }
    isTimerSet = true;
    boolean wasLazy = !isUrgent;
    timer =
        clock.schedule(
            wait,
            () -> {
              isTimerSet = false;
              isUrgent |= wasLazy;
              flush();
            });
  }

  /** The first commit after idle goes at once; under load commits are paced and grow. */
  private Duration pacing() {
    if (lastRows < ROWS_THAT_MEAN_LOAD) {
      return Duration.ZERO;
    }
    return settings.commitPacing().minus(Duration.ofNanos(clock.monotonicNanos() - lastStartNanos));
  }

  private void start() {
    List<PendingChange> part = new ArrayList<>();
    int rows = 0;
    Iterator<PendingChange> next = open.values().iterator();
    while (next.hasNext() && rows < settings.batchMaxRows()) {
      PendingChange change = next.next();
      rows += change.rows();
      part.add(change);
      next.remove();
    }
    isUrgent = !open.isEmpty();
    lastStartNanos = clock.monotonicNanos();
    lastRows = rows;
    inFlight.add(part);
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
      if (ownership.owns(slot)) {
        guards.put(slot, ownership.epoch(slot));
        owned.add(change);
      } else {
        drop(change);
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
    journal.commit(batch).subscribe(this::concluded, failure -> unknown(batch, failure), running);
  }

  private void concluded(Journal.Outcome outcome) {
    calm();
    List<PendingChange> part = inFlight.poll();
    if (outcome instanceof Journal.Committed) {
      part.forEach(this::committed);
    } else if (outcome instanceof Journal.LostSlots lost) {
      inFlight.addFirst(part); // the slots are no longer owned, so the next try leaves them out
      ownership.lose(lost.slots());
      listener.lost(lost.slots());
    } else {
      refused(part, (Journal.Rejected) outcome);
    }
    writeNext();
  }

  private void refused(List<PendingChange> part, Journal.Rejected rejected) {
    if (part.size() == 1) {
      PendingChange poisoned = part.get(0);
      log.atError()
          .addKeyValue("workflowInstance", poisoned.id())
          .addKeyValue("cause", rejected.message())
          .log("the database refuses what is to be written of this instance; it is set aside");
      drop(poisoned);
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
                concluded(new Journal.Committed());
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
    change.waiters().forEach(waiter -> waiter.onDurable().run());
  }

  private static void drop(PendingChange change) {
    change.waiters().forEach(waiter -> waiter.onDropped().run());
  }

  /** Forgets what is to be written of an instance whose actor is discarded. */
  void discard(WorkflowInstanceId id) {
    PendingChange change = open.remove(id);
    if (change != null) {
      drop(change);
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
