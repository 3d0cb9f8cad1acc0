package io.porpoise.master.retention;

import io.porpoise.cluster.MemberId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.InstanceQueries.Position;
import io.porpoise.store.Retention;
import io.porpoise.store.Retention.Ended;
import io.porpoise.store.Retention.Owner;
import io.porpoise.store.Retention.Part;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a minute walks through the instances that are old enough, oldest first, and removes those of
 * this master's slots. Lives on the node's event loop, one statement at a time.
 */
public final class RetentionRounds {
  private static final Logger log = LoggerFactory.getLogger(RetentionRounds.class);
  private static final Duration ROUND = Duration.ofMinutes(1);

  /** Instances that are looked at with one statement. */
  private static final int PART = 500;

  /** Of one transaction, unless a single instance has more. */
  private static final int ATTEMPTS_MAX = 1000;

  private static final int INSTANCES_MAX = 100;
  private static final int EXPIRED_MAX = 5000;

  /** After each statement, so many times as long as it took: four fifths are for the others. */
  private static final int PAUSES = 4;

  private static final Duration PAUSE_MIN = Duration.ofMillis(20);

  private final Clock clock;
  private final Retention store;
  private final MemberId self;
  private final Duration keep;
  private final Supplier<long[]> epochs;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Deque<List<WorkflowInstanceId>> slices = new ArrayDeque<>();
  private Instant before;
  private Position next;
  private long removed;

  /**
   * @param keep how long after their end instances are kept; zero: for ever
   * @param epochs of the slots that this master holds, 0 for the others
   */
  public RetentionRounds(
      Clock clock, Retention store, MemberId self, Duration keep, Supplier<long[]> epochs) {
    this.clock = clock;
    this.store = store;
    this.self = self;
    this.keep = keep;
    this.epochs = epochs;
  }

  public void start() {
    clock.schedule(ROUND, this::begin, running);
  }

  public void stop() {
    running.dispose();
  }

  private void begin() {
    removed = 0;
    before = clock.now().minus(keep);
    next = keep.isZero() ? null : Retention.OLDEST;
    proceed();
  }

  private void proceed() {
    if (!slices.isEmpty()) {
      List<WorkflowInstanceId> slice = slices.remove();
      perform(store.remove(owner(slice), before, slice), this::removed);
    } else if (next != null) {
      perform(store.endedBefore(before, next, PART), this::found);
    } else if (epochs.get()[0] != 0) {
      perform(store.removeExpired(clock.now(), EXPIRED_MAX), this::expired);
    } else {
      end();
    }
  }

  private void found(Part part) {
    next = part.last();
    long[] held = epochs.get();
    List<WorkflowInstanceId> slice = new ArrayList<>();
    int attempts = 0;
    for (Ended each : part.ended()) {
      if (held[each.id().slot()] == 0) {
        continue;
      }
      attempts += each.attempts();
      if (!slice.isEmpty() && (attempts > ATTEMPTS_MAX || slice.size() == INSTANCES_MAX)) {
        slices.add(slice);
        slice = new ArrayList<>();
        attempts = each.attempts();
      }
      slice.add(each.id());
    }
    if (!slice.isEmpty()) {
      slices.add(slice);
    }
  }

  private Owner owner(List<WorkflowInstanceId> ids) {
    long[] held = epochs.get();
    Map<Integer, Long> guards = new TreeMap<>();
    for (WorkflowInstanceId id : ids) {
      if (held[id.slot()] != 0) {
        guards.put(id.slot(), held[id.slot()]);
      }
    }
    return new Owner(self.node(), self.incarnation(), guards);
  }

  private void removed(int count) {
    removed += count;
  }

  private void expired(int count) {
    if (count < EXPIRED_MAX) {
      end();
    }
  }

  private void end() {
    if (removed > 0) {
      log.atInfo().addKeyValue("instances", removed).log("old instances removed");
    }
    before = null;
  }

  private <T> void perform(Single<T> statement, Consumer<T> then) {
    long began = clock.monotonicNanos();
    statement.subscribe(
        result -> {
          then.accept(result);
          proceedLater(began);
        },
        failure -> {
          log.atDebug().addKeyValue("cause", failure).log("this round of the retention ends early");
          slices.clear();
          end();
          proceedLater(began);
        },
        running);
  }

  private void proceedLater(long began) {
    if (before == null) {
      clock.schedule(ROUND, this::begin, running);
      return;
    }
    Duration pause = Duration.ofNanos((clock.monotonicNanos() - began) * PAUSES);
    clock.schedule(pause.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : pause, this::proceed, running);
  }
}
