package io.porpoise.master.shard;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.InstanceChanged;
import io.porpoise.bus.message.Watch;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * API nodes that want to hear of an instance's changes, each for a lease that it renews while
 * somebody watches.
 */
final class Watchers {
  private final Clock clock;
  private final Bus bus;
  private final Map<WorkflowInstanceId, TreeMap<MemberId, Long>> leases = new HashMap<>();

  Watchers(Clock clock, Bus bus) {
    this.clock = clock;
    this.bus = bus;
  }

  void add(Watch watch) {
    long until = clock.monotonicNanos() + Duration.ofMillis(watch.leaseMillis()).toNanos();
    leases.computeIfAbsent(watch.instance(), id -> new TreeMap<>()).put(watch.api(), until);
  }

  /** Tells of a commit. */
  void committed(WorkflowInstanceId id, WorkflowInstance instance, List<TaskInstance> tasks) {
    TreeMap<MemberId, Long> watchers = leases.get(id);
    if (watchers == null) {
      return;
    }
    long now = clock.monotonicNanos();
    watchers.values().removeIf(until -> until - now < 0);
    for (MemberId api : watchers.keySet()) {
      bus.send(Addresses.events(api), new InstanceChanged(instance, tasks));
    }
    if (watchers.isEmpty() || instance.isFinished()) {
      leases.remove(id);
    }
  }

  /** Drops leases that nobody renewed. */
  void expire() {
    long now = clock.monotonicNanos();
    leases
        .values()
        .removeIf(
            watchers -> {
              watchers.values().removeIf(until -> until - now < 0);
              return watchers.isEmpty();
            });
  }

  void forget(WorkflowInstanceId id) {
    leases.remove(id);
  }
}
