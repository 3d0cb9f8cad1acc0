package io.porpoise.simulation.history;

import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterNode;
import io.porpoise.master.MasterPorts;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.shard.MasterEvents;
import io.porpoise.simulation.SimBus;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.SimReachability;
import io.porpoise.simulation.SimRegistry;
import io.porpoise.simulation.store.SimIdBlocks;
import io.porpoise.simulation.store.SimInstanceIntake;
import io.porpoise.simulation.store.SimJournal;
import io.porpoise.simulation.store.SimRetention;
import io.porpoise.simulation.store.SimRunStore;
import io.porpoise.simulation.store.SimSerialQueue;
import io.porpoise.simulation.store.SimSlotStore;
import io.porpoise.simulation.store.SimTaskGroups;
import io.reactivex.rxjava3.core.Completable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A host with a master: a loop for the node and one for each of its shards. */
public final class MasterHost extends Host {
  private static final Heartbeat.Load IDLE =
      new Heartbeat.Load(0, 0, 0, 0, 0, 0, 0, 0, null, List.of());

  private final int shards;
  private final MasterSettings settings;
  private MasterNode master;

  public MasterHost(Surroundings around, String name, long driftPerMillion, int shards) {
    this(around, name, driftPerMillion, shards, MasterSettings.DEFAULTS);
  }

  public MasterHost(
      Surroundings around, String name, long driftPerMillion, int shards, MasterSettings settings) {
    super(around, name, driftPerMillion);
    this.shards = shards;
    this.settings = settings;
  }

  @Override
  protected Completable begin(SimNode life, long number) {
    Member self =
        new Member(
            new MemberId(Role.MASTER, new NodeId(name), number),
            name,
            around.network().open(life),
            "simulated",
            life.clock().now(),
            shards,
            List.of(),
            "");
    SimRegistry registry = new SimRegistry(life, around.zooKeeper());
    List<MasterPorts> loops = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      loops.add(ports(life.newLoop(), registry));
    }
    master =
        new MasterNode(self, ports(life, registry), loops, settings, new Observer(), () -> IDLE);
    return master.start();
  }

  private MasterPorts ports(SimNode loop, SimRegistry registry) {
    return new MasterPorts(
        loop.clock(),
        new SimBus(loop, around.network()),
        registry,
        new SimReachability(loop, around.network()),
        new SimSlotStore(loop, around.database()),
        new SimRunStore(loop, around.database()),
        new SimJournal(loop, around.database()),
        new SimIdBlocks(loop, around.database()),
        new SimInstanceIntake(loop, around.database()),
        new SimSerialQueue(loop, around.database()),
        new SimTaskGroups(loop, around.database()),
        new SimRetention(loop, around.database()));
  }

  @Override
  protected Completable end() {
    return master.stop();
  }

  @Override
  public long unexpected() {
    return 0; // told at once by the observer
  }

  private final class Observer implements MasterEvents {
    @Override
    public void unexpected(WorkflowInstanceId id, WorkflowEvent event) {
      around.world().fail("nothing is unexpected: " + event + " for " + id + " at " + name);
    }

    @Override
    public void slotsLost(Set<Integer> slots) {
      around.world().trace(() -> name + " has lost " + slots.size() + " slots");
    }

    @Override
    public void adopted(int slots, int instances, Duration took) {
      around
          .world()
          .trace(() -> name + " has adopted " + slots + " slots with " + instances + " instances");
    }

    @Override
    public void broken(String what, Throwable why) {
      around.world().fail("nothing breaks at a master: " + name + ": " + what + ": " + why);
    }
  }
}
