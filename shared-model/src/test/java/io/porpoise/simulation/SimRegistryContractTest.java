package io.porpoise.simulation;

import io.porpoise.cluster.Registry;
import io.porpoise.cluster.contract.RegistryContract;
import io.porpoise.cluster.contract.Stage;
import java.time.Duration;
import java.util.List;

class SimRegistryContractTest extends RegistryContract {
  private final World world = new World(1);
  private final SimNetwork network = new SimNetwork(world);
  private final SimZooKeeper zooKeeper = new SimZooKeeper(world, network, Duration.ofSeconds(6));
  private final List<SimNode> nodes = List.of(new SimNode(world, "n0"), new SimNode(world, "n1"));
  private final List<SimRegistry> registries =
      nodes.stream().map(node -> new SimRegistry(node, zooKeeper)).toList();
  private final Stage stage = new SimStage(world, nodes);

  @Override
  protected Stage stage() {
    return stage;
  }

  @Override
  protected Registry registry(int node) {
    return registries.get(node);
  }

  @Override
  protected void loseSession(int node) {
    zooKeeper.expire(nodes.get(node));
  }

  @Override
  protected void registryAway() {
    zooKeeper.stop();
  }

  @Override
  protected void registryBack() {
    zooKeeper.start();
  }
}
