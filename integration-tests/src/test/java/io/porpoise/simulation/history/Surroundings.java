package io.porpoise.simulation.history;

import io.porpoise.simulation.SimNetwork;
import io.porpoise.simulation.SimZooKeeper;
import io.porpoise.simulation.World;
import io.porpoise.simulation.store.SimDatabase;
import java.time.Duration;

/** What all nodes of a history share. */
public record Surroundings(
    World world, SimNetwork network, SimZooKeeper zooKeeper, SimDatabase database) {
  public static final Duration SESSION = Duration.ofSeconds(6);

  public static Surroundings of(World world) {
    SimNetwork network = new SimNetwork(world);
    return new Surroundings(
        world, network, new SimZooKeeper(world, network, SESSION), new SimDatabase(world, network));
  }
}
