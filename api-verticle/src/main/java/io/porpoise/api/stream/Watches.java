package io.porpoise.api.stream;

import io.porpoise.api.instance.Reasons;
import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.InstanceChanged;
import io.porpoise.bus.message.InstancesTouched;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.owner.SlotOwners;
import io.porpoise.store.InstanceQueries;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instances that are watched at this API node, each once, however many watch it. For one event
 * loop.
 */
public final class Watches {
  private final World world;
  private final InstanceFeed feed;
  private final Map<WorkflowInstanceId, WatchedInstance> watched = new HashMap<>();

  /** What a watched instance needs. */
  record World(
      Bus bus,
      SlotOwners owners,
      InstanceQueries queries,
      Reasons reasons,
      MemberId self,
      Clock clock) {}

  public Watches(
      Bus bus,
      SlotOwners owners,
      InstanceQueries queries,
      Reasons reasons,
      MemberId self,
      Clock clock,
      InstanceFeed feed) {
    this.world = new World(bus, owners, queries, reasons, self, clock);
    this.feed = feed;
  }

  /** Serves the address to which owners send changes. */
  public Completable start() {
    world
        .owners()
        .onChange(
            () -> {
              List.copyOf(watched.values()).forEach(WatchedInstance::ownersMoved);
              feed.ownersMoved();
            });
    return world
        .bus()
        .serve(
            Addresses.events(world.self()),
            message -> {
              if (message instanceof InstanceChanged changed) {
                WatchedInstance instance = watched.get(changed.instance().id());
                if (instance != null) {
                  instance.told(changed);
                }
              } else if (message instanceof InstancesTouched news) {
                feed.told(news);
              }
              return Maybe.empty();
            });
  }

  public void stop() {
    List.copyOf(watched.values()).forEach(WatchedInstance::close);
    watched.clear();
    feed.stop();
  }

  /** How many instances are watched. */
  public int size() {
    return watched.size();
  }

  /** Begins to watch; the disposable ends it. */
  Disposable watch(WorkflowInstanceId id, Watcher watcher) {
    WatchedInstance present = watched.get(id);
    WatchedInstance instance =
        present != null ? present : new WatchedInstance(id, world, () -> watched.remove(id));
    watched.put(id, instance);
    instance.add(watcher);
    return Disposable.fromRunnable(
        () -> {
          if (instance.remove(watcher)) {
            watched.remove(id, instance);
          }
        });
  }
}
