package io.porpoise.master.shard;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Inbox;
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
  private record Entry(Instant at, long number, WorkflowInstanceId instance, WorkflowEvent event) {}

  private final Clock clock;
  private final Inbox inbox;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
  private long number;
  private Instant armedFor;
  private Disposable armed = Disposable.disposed();

  Timers(Clock clock, Inbox inbox) {
    this.clock = clock;
    this.inbox = inbox;
  }

  void set(Instant at, WorkflowInstanceId instance, WorkflowEvent event) {
    entries.add(new Entry(at, number++, instance, event));
    arm();
  }

  void close() {
    armed.dispose();
    entries.clear();
  }

  private void arm() {
    Entry first = entries.peek();
    if (first == null || (armedFor != null && !first.at().isBefore(armedFor))) {
      return;
    }
    armed.dispose();
    armedFor = first.at();
    Duration wait = Duration.between(clock.now(), first.at());
    armed = clock.schedule(wait.isNegative() ? Duration.ZERO : wait, this::fire);
  }

  private void fire() {
    armedFor = null;
    Instant now = clock.now();
    while (!entries.isEmpty() && !entries.peek().at().isAfter(now)) {
      Entry due = entries.poll();
      inbox.post(due.instance(), due.event());
    }
    arm();
  }
}
