package io.porpoise.master.shard;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * All timers of a shard in one heap behind one real timer. A timer whose cause has gone fires all
 * the same and is ignored.
 */
final class Timers {
  private record Entry(
      long dueNanos, long number, WorkflowInstanceId instance, long stay, WorkflowEvent event) {}

  /** Gets the events back. */
  interface Listener {
    void due(WorkflowInstanceId instance, long stay, WorkflowEvent event);
  }

  private final Clock clock;
  private final Listener listener;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::dueNanos).thenComparingLong(Entry::number));
  private long number;
  private long armedFor;
  private Disposable armed = Disposable.disposed();

  Timers(Clock clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * The event comes back at that time as the wall clock stands now: a later jump of it moves
   * nothing.
   *
   * @param stay of the instance in memory, for which alone it is meant
   */
  void set(Instant at, WorkflowInstanceId instance, long stay, WorkflowEvent event) {
    long wait = Duration.between(clock.now(), at).toNanos();
    entries.add(new Entry(clock.monotonicNanos() + wait, number++, instance, stay, event));
    arm();
  }

  void close() {
    armed.dispose();
    entries.clear();
  }

  private void arm() {
    Entry first = entries.peek();
    if (first == null || (!armed.isDisposed() && first.dueNanos() >= armedFor)) {
      return;
    }
    armed.dispose();
    armedFor = first.dueNanos();
    long wait = Math.max(0, armedFor - clock.monotonicNanos());
    armed = clock.schedule(Duration.ofNanos(wait), this::fire);
  }

  private void fire() {
    armed = Disposable.disposed();
    long now = clock.monotonicNanos();
    while (!entries.isEmpty() && entries.peek().dueNanos() <= now) {
      Entry due = entries.poll();
      listener.due(due.instance(), due.stay(), due.event());
    }
    arm();
  }
}
