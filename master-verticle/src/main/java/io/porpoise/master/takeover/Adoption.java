package io.porpoise.master.takeover;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.RunStore;
import io.porpoise.store.RunStore.IdPage;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the instances of claimed slots, page by page, one page at a time: between two pages the
 * shard does what else there is to do. A slot goes on as soon as it has been read, whatever is left
 * of the others; those that somebody asks about come first, and those that are lost again are
 * dropped.
 */
public final class Adoption {
  private static final WorkflowInstanceId FIRST = new WorkflowInstanceId(0);

  /** An instance may have thousands of tasks: they limit a page as well. */
  private static final int TASKS_PER_INSTANCE = 10;

  private static final int WISHES_AT_ONCE = 8;

  private final Clock clock;
  private final RunStore store;
  private final int pageSize;
  private final Residents residents;
  private final Entrance entrance;
  private final CompositeDisposable running = new CompositeDisposable();
  private final TreeMap<Integer, Long> waiting = new TreeMap<>();
  private final Set<Integer> wished = new LinkedHashSet<>();
  private boolean isReading;

  /** Up to where a slot has been read in part, and at which epoch. */
  private WorkflowInstanceId after = FIRST;

  private long afterEpoch;
  private long begunNanos;
  private int slotsRead;
  private int instancesRead;

  public Adoption(Clock clock, RunStore store, int pageSize, Residents residents) {
    this.clock = clock;
    this.store = store;
    this.pageSize = pageSize;
    this.residents = residents;
    entrance = new Entrance(clock, store, residents);
  }

  /** Slots were claimed, at these epochs. */
  public void add(Map<Integer, Long> slots) {
    if (waiting.isEmpty()) {
      begunNanos = clock.monotonicNanos();
      slotsRead = 0;
      instancesRead = 0;
    }
    waiting.putAll(slots);
    if (!isReading) {
      next();
    }
  }

  /** Somebody wants to know something of the slot: if it waits, it is read before the others. */
  public void wish(int slot) {
    if (waiting.containsKey(slot)) {
      wished.add(slot);
    }
  }

  /** The slots are of no interest any more. */
  public void forget(Collection<Integer> slots) {
    slots.forEach(waiting::remove);
    wished.removeAll(slots);
  }

  public void close() {
    running.dispose();
  }

  private void next() {
    isReading = !waiting.isEmpty() && !running.isDisposed();
    if (!isReading) {
      return;
    }
    Map<Integer, Long> asked = asked();
    // A part that was read before the slot was lost, or before others were wished, is read again.
    boolean goesOn = asked.getOrDefault(after.slot(), -1L) == afterEpoch;
    entrance
        .untilAnswered(
            store.nextUnfinished(
                asked.keySet(), goesOn ? after : FIRST, pageSize, pageSize * TASKS_PER_INSTANCE))
        .flatMap(
            page -> entrance.untilAnswered(entrance.load(page.ids(), asked).toSingleDefault(page)))
        .doOnSuccess(page -> entered(asked, page))
        .ignoreElement()
        .subscribe(() -> {}, residents::broken, running);
  }

  private Map<Integer, Long> asked() {
    if (wished.isEmpty()) {
      return new TreeMap<>(waiting);
    }
    Map<Integer, Long> asked = new TreeMap<>();
    wished.stream().limit(WISHES_AT_ONCE).forEach(slot -> asked.put(slot, waiting.get(slot)));
    return asked;
  }

  private void entered(Map<Integer, Long> asked, IdPage page) {
    int read = page.ids().size();
    after = read == 0 ? FIRST : page.ids().get(read - 1);
    afterEpoch = asked.getOrDefault(after.slot(), -1L);
    List<Integer> whole =
        asked.entrySet().stream()
            .filter(slot -> page.isLast() || slot.getKey() < after.slot())
            .filter(slot -> slot.getValue().equals(waiting.get(slot.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    forget(whole);
    slotsRead += whole.size();
    instancesRead += read;
    residents.loaded(whole);
    if (waiting.isEmpty()) {
      isReading = false;
      residents.caughtUp(
          slotsRead, instancesRead, Duration.ofNanos(clock.monotonicNanos() - begunNanos));
    } else {
      // What the loaded ones have to do comes first.
      clock.schedule(Duration.ZERO, this::next, running);
    }
  }
}
