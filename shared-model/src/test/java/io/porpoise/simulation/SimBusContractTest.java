package io.porpoise.simulation;

import io.porpoise.bus.Bus;
import io.porpoise.bus.contract.BusContract;
import io.porpoise.cluster.contract.Stage;
import java.util.List;

class SimBusContractTest extends BusContract {
  private final World world = new World(1);
  private final SimNetwork network = new SimNetwork(world);
  private final List<SimNode> nodes = List.of(new SimNode(world, "n0"), new SimNode(world, "n1"));
  private final List<SimBus> buses = nodes.stream().map(node -> new SimBus(node, network)).toList();
  private final Stage stage = new SimStage(world, nodes);
  private int addresses;

  @Override
  protected Stage stage() {
    return stage;
  }

  @Override
  protected Bus bus(int node) {
    return buses.get(node);
  }

  @Override
  protected String newAddress() {
    return "test." + ++addresses;
  }
}
