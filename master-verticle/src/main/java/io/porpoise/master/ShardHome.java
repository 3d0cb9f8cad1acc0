package io.porpoise.master;

import io.porpoise.bus.message.FeedWanted;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.RegistryState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Step;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.shard.MasterEvents;
import io.porpoise.master.shard.Shard;
import io.porpoise.master.shard.ShardLoad;
import io.porpoise.owner.SlotAddresses;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A shard on its own event loop, as the node's event loop talks to it: every call hops there, every
 * answer hops back.
 */
final class ShardHome {
  private final Clock nodeClock;
  private final Clock shardClock;
  private final Shard shard;
  private final KnownAddresses addresses;
  private final CompositeDisposable running = new CompositeDisposable();

  ShardHome(
      MemberId master,
      int index,
      Clock nodeClock,
      MasterPorts shardPorts,
      MasterSettings settings,
      MasterEvents observer,
      Consumer<Set<Integer>> onSlotsLost,
      Runnable onStaleAddress) {
    this.nodeClock = nodeClock;
    shardClock = shardPorts.clock();
    addresses = new KnownAddresses(() -> run(nodeClock, onStaleAddress));
    shard =
        new Shard(
            master,
            index,
            shardPorts,
            settings,
            new Relay(observer, slots -> run(nodeClock, () -> onSlotsLost.accept(slots))),
            addresses);
  }

  private static void run(Clock loop, Runnable task) {
    Disposable unused = loop.schedule(Duration.ZERO, task); // it runs at once or never
  }

  Completable start() {
    return there(shard::start);
  }

  void adopt(Map<Integer, Long> slots) {
    run(shardClock, () -> shard.adopt(slots));
  }

  Completable release(Collection<Integer> slots) {
    return there(() -> shard.release(slots));
  }

  void lose(Collection<Integer> slots) {
    run(shardClock, () -> shard.lose(slots));
  }

  void confirm(long[] epochs, long askedNanos) {
    run(shardClock, () -> shard.confirm(epochs, askedNanos));
  }

  void registry(RegistryState state) {
    run(shardClock, () -> shard.registry(state));
  }

  void members(List<Member> workers) {
    run(shardClock, () -> shard.members(workers));
  }

  /** Where the owners of all slots are, as far as the node knows. */
  void owners(List<Optional<String>> known) {
    run(shardClock, () -> addresses.known = known);
  }

  void heard(Heartbeat heartbeat) {
    run(shardClock, () -> shard.heard(heartbeat));
  }

  void wanted(FeedWanted wish) {
    run(shardClock, () -> shard.wanted(wish));
  }

  void parted(MemberId worker) {
    run(shardClock, () -> shard.parted(worker));
  }

  void close() {
    running.dispose();
    run(shardClock, shard::close);
  }

  Single<ShardLoad> load() {
    return Single.create(
        emitter ->
            run(
                shardClock,
                () -> {
                  ShardLoad load = shard.load();
                  run(nodeClock, () -> emitter.onSuccess(load));
                }));
  }

  private Completable there(Supplier<Completable> work) {
    return Completable.create(
        emitter ->
            run(
                shardClock,
                () ->
                    work.get()
                        .subscribe(
                            () -> run(nodeClock, emitter::onComplete),
                            failure -> run(nodeClock, () -> emitter.tryOnError(failure)),
                            running)));
  }

  /** What the node last said about the owners of the slots, on the shard's event loop. */
  private static final class KnownAddresses implements SlotAddresses {
    private final Runnable onStale;
    private List<Optional<String>> known = List.of();

    KnownAddresses(Runnable onStale) {
      this.onStale = onStale;
    }

    @Override
    public Optional<String> addressOf(int slot) {
      return known.isEmpty() ? Optional.empty() : known.get(slot);
    }

    @Override
    public void refresh() {
      onStale.run();
    }
  }

  /** Passes everything on to the observer, and lost slots to the node as well. */
  private record Relay(MasterEvents observer, Consumer<Set<Integer>> onSlotsLost)
      implements MasterEvents {
    @Override
    public void stepped(Step step) {
      observer.stepped(step);
    }

    @Override
    public void unexpected(WorkflowInstanceId id, WorkflowEvent event) {
      observer.unexpected(id, event);
    }

    @Override
    public void adopted(int slots, int instances, Duration took) {
      observer.adopted(slots, instances, took);
    }

    @Override
    public void slotsLost(Set<Integer> slots) {
      observer.slotsLost(slots);
      onSlotsLost.accept(slots);
    }

    @Override
    public void setAside(WorkflowInstanceId id, String why) {
      observer.setAside(id, why);
    }

    @Override
    public void broken(String what, Throwable why) {
      observer.broken(what, why);
    }
  }
}
