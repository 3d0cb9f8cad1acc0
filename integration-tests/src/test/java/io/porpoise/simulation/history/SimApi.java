package io.porpoise.simulation.history;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Look;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.Role;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.store.Command;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.SlotStore;
import io.porpoise.store.SlotStore.SlotRow;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An API node with persistent users: inserts rows until it is told that they are durable, then says
 * "look".
 */
final class SimApi {
  private static final Duration AGAIN = Duration.ofMillis(700);

  private final SimNode node;
  private final Bus bus;
  private final Registry registry;
  private final InstanceIntake intake;
  private final IdBlocks ids;
  private final SlotStore slots;
  private final CompositeDisposable running = new CompositeDisposable();
  private final List<WorkflowInstanceId> accepted = new ArrayList<>();
  private int started;
  private int pending;

  SimApi(
      SimNode node,
      Bus bus,
      Registry registry,
      InstanceIntake intake,
      IdBlocks ids,
      SlotStore slots) {
    this.node = node;
    this.bus = bus;
    this.registry = registry;
    this.intake = intake;
    this.ids = ids;
    this.slots = slots;
  }

  /** What users have been told to be started. */
  List<WorkflowInstanceId> accepted() {
    return accepted;
  }

  /** Whether some user still waits for an answer. */
  boolean isBusy() {
    return pending > 0;
  }

  void start(long workflowId, Consumer<WorkflowInstanceId> then) {
    String key = "start-" + ++started;
    untilDone(
        () ->
            ids.reserve(IdBlocks.Sequence.WORKFLOW_INSTANCE, 1)
                .flatMap(
                    id ->
                        intake.start(
                            new InstanceIntake.Start(
                                new WorkflowInstanceId(id),
                                1,
                                workflowId,
                                RandomWorkflows.VERSION,
                                StartOptions.NONE,
                                1,
                                "admin",
                                key,
                                node.clock().now()))),
        answer -> {
          WorkflowInstanceId id = answer.instance().id();
          accepted.add(id);
          node.world().trace(() -> "start of " + id + " (w" + workflowId + ") is acknowledged");
          look(id);
          then.accept(id);
        });
  }

  void command(WorkflowInstanceId instance, Command.Type type, TaskInstanceId task) {
    untilDone(
        () -> intake.command(instance, type, task, "admin"),
        id -> {
          node.world().trace(() -> type + " of " + instance + " is acknowledged");
          look(instance);
        });
  }

  private <T> void untilDone(Supplier<Single<T>> call, Consumer<T> then) {
    pending++;
    attempt(call, then);
  }

  private <T> void attempt(Supplier<Single<T>> call, Consumer<T> then) {
    call.get()
        .subscribe(
            answer -> {
              pending--;
              then.accept(answer);
            },
            error -> node.post(AGAIN.toNanos(), () -> attempt(call, then)),
            running);
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
