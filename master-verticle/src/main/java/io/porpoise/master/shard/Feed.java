package io.porpoise.master.shard;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.FeedWanted;
import io.porpoise.bus.message.InstancesTouched;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells API nodes that show lists which instances have changed: ids only, gathered for a moment, so
 * that one message a node stands for many commits. While nobody wants it, a commit costs one look
 * at an empty map.
 */
final class Feed {
  private static final Duration GATHER = Duration.ofMillis(200);
  private static final int INSTANCES_MAX = 500;

  private final Clock clock;
  private final Bus bus;
  private final TreeMap<MemberId, Long> readers = new TreeMap<>();
  private final Set<WorkflowInstanceId> touched = new LinkedHashSet<>();
  private final CompositeDisposable timers = new CompositeDisposable();
  private boolean isMore;

  Feed(Clock clock, Bus bus) {
    this.clock = clock;
    this.bus = bus;
  }

  void wanted(FeedWanted wish) {
    long until = clock.monotonicNanos() + Duration.ofMillis(wish.leaseMillis()).toNanos();
    readers.put(wish.api(), until);
  }

  /** A commit changed this instance. */
  void committed(WorkflowInstanceId id) {
    if (readers.isEmpty()) {
      return;
    }
    if (touched.isEmpty()) {
      clock.schedule(GATHER, this::tell, timers);
    }
    if (touched.size() < INSTANCES_MAX) {
      touched.add(id);
    } else {
      isMore = isMore || !touched.contains(id);
    }
  }

  private void tell() {
    long now = clock.monotonicNanos();
    readers.values().removeIf(until -> until - now < 0);
    InstancesTouched news = new InstancesTouched(List.copyOf(touched), isMore);
    readers.keySet().forEach(api -> bus.send(Addresses.events(api), news));
    touched.clear();
    isMore = false;
  }

  void close() {
    timers.dispose();
  }
}
