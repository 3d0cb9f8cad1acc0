package io.porpoise.master;

import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Reachability;
import io.porpoise.cluster.Registry;
import io.porpoise.expression.SwitchExpression;
import io.porpoise.master.shard.MasterEvents;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.Journal;
import io.porpoise.store.Retention;
import io.porpoise.store.RunStore;
import io.porpoise.store.SerialQueue;
import io.porpoise.store.SlotStore;
import io.porpoise.store.TaskGroups;
import io.porpoise.time.Clock;
import io.porpoise.time.VertxClock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.AbstractVerticle;
import io.vertx.rxjava3.core.Context;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A master on Vert.x: one event loop for the node, one for each of its shards. */
public final class MasterVerticle extends io.vertx.rxjava3.core.AbstractVerticle {
  /** What all event loops of a node share. */
  public record Shared(
      Bus bus,
      Registry registry,
      Reachability reachability,
      SlotStore slots,
      RunStore runs,
      Journal journal,
      IdBlocks ids,
      InstanceIntake intake,
      SerialQueue queues,
      TaskGroups groups,
      Retention retention) {
    private MasterPorts on(Clock clock) {
      return new MasterPorts(
          clock,
          bus,
          registry,
          reachability,
          slots,
          runs,
          journal,
          ids,
          intake,
          queues,
          groups,
          retention);
    }
  }

  private final Member self;
  private final Shared shared;
  private final MasterSettings settings;
  private final MasterEvents events;
  private final Supplier<Heartbeat.Load> ofProcess;
  private MasterNode node;

  /**
   * @param self says how many shards there are
   * @param ofProcess the load as the process knows it
   */
  public MasterVerticle(
      Member self,
      Shared shared,
      MasterSettings settings,
      MasterEvents events,
      Supplier<Heartbeat.Load> ofProcess) {
    this.self = self;
    this.shared = shared;
    this.settings = settings;
    this.events = events;
    this.ofProcess = ofProcess;
  }

  @Override
  public Completable rxStart() {
    MasterPorts own = shared.on(new VertxClock(vertx.getOrCreateContext()));
    return vertx
        .rxExecuteBlocking(Executors.callable(SwitchExpression::warmUp), false)
        .ignoreElement()
        .andThen(startAll(own));
  }

  private Completable startAll(MasterPorts own) {
    return Flowable.range(0, self.shards())
        .concatMapSingle(shard -> loop())
        .map(shared::on)
        .toList()
        .flatMapCompletable(loops -> start(own, loops));
  }

  private Completable start(MasterPorts own, List<MasterPorts> loops) {
    node = new MasterNode(self, own, loops, settings, events, ofProcess);
    return node.start();
  }

  @Override
  public Completable rxStop() {
    return node == null ? Completable.complete() : node.stop();
  }

  /** An event loop of its own, as an empty verticle gets one. */
  private Single<Clock> loop() {
    LoopVerticle loop = new LoopVerticle();
    return vertx
        .rxDeployVerticle(loop)
        .map(id -> new VertxClock(Context.newInstance(loop.context())));
  }

  private static final class LoopVerticle extends AbstractVerticle {
    io.vertx.core.Context context() {
      return context;
    }
  }
}
