package io.porpoise.master;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.FeedWanted;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.bus.message.Parting;
import io.porpoise.bus.message.SlotsMoved;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Members;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.porpoise.cluster.Slot;
import io.porpoise.master.retention.RetentionRounds;
import io.porpoise.master.shard.MasterEvents;
import io.porpoise.master.shard.ShardLoad;
import io.porpoise.master.slot.SlotKeeper;
import io.porpoise.node.Heartbeats;
import io.porpoise.owner.SlotOwners;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One master: its place in the membership, its slots, and its shards, each on an event loop of its
 * own. Hands what it hears to the shards; decides nothing about instances.
 */
public final class MasterNode {
  private final Member self;
  private final MasterPorts ports;
  private final List<ShardHome> shards;
  private final SlotKeeper slots;
  private final SlotOwners owners;
  private final Heartbeats heartbeats;
  private final RetentionRounds retention;
  private final Supplier<Heartbeat.Load> ofProcess;
  private final CompositeDisposable listening = new CompositeDisposable();

  /**
   * @param ports of the node's own event loop
   * @param shardPorts of each shard's event loop; as many as {@code self} says
   * @param ofProcess the load as the process knows it
   */
  public MasterNode(
      Member self,
      MasterPorts ports,
      List<MasterPorts> shardPorts,
      MasterSettings settings,
      MasterEvents observer,
      Supplier<Heartbeat.Load> ofProcess) {
    this.self = self;
    this.ports = ports;
    this.ofProcess = ofProcess;
    slots =
        new SlotKeeper(
            ports.clock(), ports.slots(), ports.reachability(), self.id(), settings, new Slots());
    owners = new SlotOwners(ports.slots(), ports.registry(), ports.bus(), ports.clock());
    heartbeats =
        new Heartbeats(self.id(), ports.clock(), ports.bus(), settings.heartbeat(), this::load);
    retention =
        new RetentionRounds(
            ports.clock(), ports.retention(), self.id(), settings.retention(), slots::epochs);
    shards = new ArrayList<>();
    for (MasterPorts each : shardPorts) {
      shards.add(
          new ShardHome(
              self.id(),
              shards.size(),
              ports.clock(),
              each,
              settings,
              observer,
              slots::lost,
              owners::refresh));
    }
    owners.onChange(this::ownersChanged);
  }

  /** Joins and serves; completes when the others can see it. */
  public Completable start() {
    List<Completable> starts = new ArrayList<>();
    shards.forEach(home -> starts.add(home.start()));
    return Completable.concat(starts)
        .andThen(ports.bus().listen(Addresses.HEARTBEAT, this::heard))
        .andThen(ports.bus().listen(Addresses.SLOTS, message -> moved((SlotsMoved) message)))
        .andThen(owners.start())
        .andThen(ports.registry().join(self))
        .doOnComplete(this::follow);
  }

  private void follow() {
    listening.add(ports.registry().onState(this::registry));
    listening.add(ports.registry().onMembers(this::members));
    slots.start();
    heartbeats.start();
    retention.start();
  }

  private void ownersChanged() {
    List<Optional<String>> known =
        IntStream.range(0, Slot.COUNT).mapToObj(owners::addressOf).toList();
    shards.forEach(home -> home.owners(known));
  }

  private void registry(RegistryState state) {
    shards.forEach(home -> home.registry(state));
    slots.state(state);
  }

  private void members(List<Member> all) {
    List<Member> workers = Members.newest(all, Role.WORKER);
    shards.forEach(home -> home.members(workers));
    slots.members(Members.newest(all, Role.MASTER));
  }

  private void heard(Message message) {
    if (message instanceof Heartbeat heartbeat) {
      heard(heartbeat);
    } else if (message instanceof Parting parting) {
      shards.forEach(home -> home.parted(parting.worker()));
    } else if (message instanceof FeedWanted wish) {
      shards.forEach(home -> home.wanted(wish));
    }
  }

  private void heard(Heartbeat heartbeat) {
    if (heartbeat.member().role() == Role.WORKER) {
      shards.forEach(home -> home.heard(heartbeat));
    } else if (heartbeat.member().role() == Role.MASTER) {
      slots.heard(heartbeat.member());
    }
  }

  private void moved(SlotsMoved message) {
    if (!message.master().equals(self.id())) {
      slots.review();
    }
  }

  /** Hands everything over and leaves. */
  public Completable stop() {
    listening.dispose();
    heartbeats.stop();
    retention.stop();
    return Completable.concatArrayDelayError(
            slots.stop(), Completable.defer(() -> ports.registry().leave()))
        .doFinally(this::close);
  }

  /** Stops at once, as a crash would. */
  public void close() {
    listening.dispose();
    owners.stop();
    heartbeats.stop();
    retention.stop();
    slots.close();
    shards.forEach(ShardHome::close);
  }

  /** How much all shards together have in hand, and how the process is. */
  private Single<Heartbeat.Load> load() {
    List<Single<ShardLoad>> loads = shards.stream().map(ShardHome::load).toList();
    return Single.zip(
        loads,
        all -> {
          ShardLoad sum = new ShardLoad(0, 0, 0);
          for (Object each : all) {
            sum = sum.plus((ShardLoad) each);
          }
          return load(ofProcess.get(), sum);
        });
  }

  private static Heartbeat.Load load(Heartbeat.Load process, ShardLoad shards) {
    return new Heartbeat.Load(
        process.cpu(),
        process.memory(),
        process.disk(),
        process.processBytes(),
        shards.instances(),
        0,
        shards.waiting(),
        shards.slots(),
        null,
        List.of());
  }

  private int shardOf(int slot) {
    return slot % shards.size();
  }

  /** What the keeper decides, done by the shards. */
  private final class Slots implements SlotKeeper.Holder {
    @Override
    public void gained(Map<Integer, Long> gained) {
      for (int i = 0; i < shards.size(); i++) {
        Map<Integer, Long> share = new TreeMap<>(gained);
        share.keySet().removeIf(isNotOf(i));
        if (!share.isEmpty()) {
          shards.get(i).adopt(share);
        }
      }
    }

    @Override
    public void confirmed(long[] epochs, long askedNanos) {
      shards.forEach(shard -> shard.confirm(epochs, askedNanos));
    }

    @Override
    public Completable released(Collection<Integer> released) {
      List<Completable> parts = new ArrayList<>();
      for (int i = 0; i < shards.size(); i++) {
        List<Integer> share = new ArrayList<>(released);
        share.removeIf(isNotOf(i));
        if (!share.isEmpty()) {
          parts.add(shards.get(i).release(share));
        }
      }
      return Completable.merge(parts);
    }

    @Override
    public void lost(Collection<Integer> lost) {
      for (int i = 0; i < shards.size(); i++) {
        List<Integer> share = new ArrayList<>(lost);
        share.removeIf(isNotOf(i));
        if (!share.isEmpty()) {
          shards.get(i).lose(share);
        }
      }
    }

    @Override
    public void moved() {
      ports.bus().publish(Addresses.SLOTS, new SlotsMoved(self.id()));
    }

    private Predicate<Integer> isNotOf(int shard) {
      return slot -> shardOf(slot) != shard;
    }
  }
}
