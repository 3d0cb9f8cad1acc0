package io.porpoise.simulation.store;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNetwork;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.SimStage;
import io.porpoise.simulation.World;
import io.porpoise.simulation.store.SimDatabase.RaisedAlert;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.Journal;
import io.porpoise.store.Projects;
import io.porpoise.store.Retention;
import io.porpoise.store.RunStore;
import io.porpoise.store.SerialQueue;
import io.porpoise.store.SlotStore;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Users;
import io.porpoise.store.Workflows;
import io.porpoise.store.contract.StoreStage;
import io.reactivex.rxjava3.core.Single;
import java.util.List;

/** The stores over a simulated database, as the contract suites want them. */
final class SimStoreStage implements StoreStage {
  private final World world = new World(1);
  private final SimNode node = new SimNode(world, "n0");
  private final SimDatabase database = new SimDatabase(world, new SimNetwork(world));
  private final SimStage stage = new SimStage(world, List.of(node));

  SimDatabase database() {
    return database;
  }

  @Override
  public SlotStore slots() {
    return new SimSlotStore(node, database);
  }

  @Override
  public Journal journal() {
    return new SimJournal(node, database);
  }

  @Override
  public RunStore runs() {
    return new SimRunStore(node, database);
  }

  @Override
  public IdBlocks ids() {
    return new SimIdBlocks(node, database);
  }

  @Override
  public Retention retention() {
    return new SimRetention(node, database);
  }

  @Override
  public InstanceIntake intake() {
    return new SimInstanceIntake(node, database);
  }

  @Override
  public SerialQueue serialQueue() {
    return new SimSerialQueue(node, database);
  }

  @Override
  public TaskGroups taskGroups() {
    return new SimTaskGroups(node, database);
  }

  @Override
  public List<Alert> alerts(WorkflowInstanceId id) {
    return database.alerts().stream()
        .filter(raised -> raised.instance().equals(id))
        .map(RaisedAlert::alert)
        .toList();
  }

  @Override
  public Users users() {
    return new SimUsers(node, database);
  }

  @Override
  public Projects projects() {
    return new SimProjects(node, database);
  }

  @Override
  public Workflows workflows() {
    return new SimWorkflows(node, database);
  }

  @Override
  public InstanceQueries queries() {
    return new SimInstanceQueries(node, database);
  }

  @Override
  public <T> T await(Single<T> work) {
    return stage.await(0, () -> work);
  }
}
