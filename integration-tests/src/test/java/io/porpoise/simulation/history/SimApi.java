package io.porpoise.simulation.history;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Look;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.Role;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimBus;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.SimRegistry;
import io.porpoise.simulation.store.SimIdBlocks;
import io.porpoise.simulation.store.SimInstanceIntake;
import io.porpoise.simulation.store.SimSlotStore;
import io.porpoise.simulation.store.SimTaskGroups;
import io.porpoise.store.Command;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceIntake.WishOutcome;
import io.porpoise.store.SlotStore;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.store.TaskGroups;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.List;

/**
 * One life of an API node: inserts what users ask for, answers when it is durable, then says
 * "look".
 */
final class SimApi {
  private final SimNode node;
  private final Bus bus;
  private final Registry registry;
  private final InstanceIntake intake;
  private final IdBlocks ids;
  private final SlotStore slots;
  private final TaskGroups groups;
  private final CompositeDisposable running = new CompositeDisposable();

  SimApi(Surroundings around, SimNode node) {
    this.node = node;
    bus = new SimBus(node, around.network());
    registry = new SimRegistry(node, around.zooKeeper());
    intake = new SimInstanceIntake(node, around.database());
    ids = new SimIdBlocks(node, around.database());
    slots = new SimSlotStore(node, around.database());
    groups = new SimTaskGroups(node, around.database());
  }

  SimNode node() {
    return node;
  }

  Completable join(Member self) {
    return registry.join(self);
  }

  Completable leave() {
    return registry.leave();
  }

  /**
   * @param key the same start, however often it is repeated
   */
  Single<WorkflowInstanceId> start(
      long workflowId, ExecutionType type, StartOptions options, String key) {
    return ids.reserve(IdBlocks.Sequence.WORKFLOW_INSTANCE, 1)
        .flatMap(
            id ->
                intake.start(
                    new InstanceIntake.Start(
                        new WorkflowInstanceId(id),
                        1,
                        workflowId,
                        RandomWorkflows.VERSION,
                        type,
                        options,
                        null,
                        1,
                        "admin",
                        key,
                        node.clock().now())))
        .map(accepted -> accepted.instance().id())
        .doOnSuccess(this::look);
  }

  Single<WishOutcome> command(WorkflowInstanceId instance, Command.Type type, TaskInstanceId task) {
    return intake
        .command(new Wish(instance, type, task, "admin"))
        .doOnSuccess(outcome -> look(instance));
  }

  Single<Boolean> save(TaskGroups.Group group) {
    return groups.save(group);
  }

  private void look(WorkflowInstanceId id) {
    slots.all().subscribe(rows -> tellOwner(rows.get(id.slot()), id), error -> {}, running);
  }

  private void tellOwner(SlotRow row, WorkflowInstanceId id) {
    for (Member member : registry.members()) {
      if (member.id().role() == Role.MASTER
          && member.id().node().equals(row.owner())
          && member.id().incarnation() == row.incarnation()) {
        bus.send(Addresses.shardOf(member, id.slot()), new Look(List.of(id)));
      }
    }
  }
}
