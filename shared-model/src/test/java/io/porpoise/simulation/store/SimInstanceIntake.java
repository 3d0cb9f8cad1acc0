package io.porpoise.simulation.store;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.SerialRule;
import io.porpoise.instance.SerialRule.Arrival;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.store.SimDatabase.SerialPlace;
import io.porpoise.store.Arrivals;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.Workflows.Workflow;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What API nodes insert, and masters for children. */
public final class SimInstanceIntake implements InstanceIntake {
  private static final Duration KEY_COUNTS = Duration.ofHours(24);

  private final SimNode node;
  private final SimDatabase database;

  public SimInstanceIntake(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<Accepted> start(Start start) {
    return database.call(node, () -> insert(start));
  }

  @Override
  public Single<WishOutcome> command(Wish wish) {
    return database.call(node, () -> insert(wish));
  }

  private WishOutcome insert(Wish wish) {
    WorkflowInstanceId id = wish.instance();
    WorkflowInstance instance = database.instances.get(id);
    if (instance == null) {
      return new NoInstance();
    }
    List<WorkflowInstanceId> others = others(instance.workflowId(), id);
    Arrival arrival =
        Arrivals.isArrival(wish)
            ? SerialRule.onArrival(executionType(instance), !others.isEmpty())
            : Arrival.START_FREELY;
    if (arrival == Arrival.DISCARD) {
      return new Discarded(others.get(0));
    }
    long ticket = enter(arrival, instance.workflowId(), id);
    long command = database.nextNumber();
    database.commands.put(
        command,
        new Command(
            command, id, wish.type(), wish.taskInstance(), ticket, wish.round(), wish.actor()));
    return new Recorded(command, stopOthers(arrival, others, id));
  }

  private ExecutionType executionType(WorkflowInstance instance) {
    Workflow workflow = database.workflows.get(instance.workflowId());
    return workflow != null
        ? workflow.executionType()
        : database
            .definition(instance.workflowId(), instance.version())
            .definition()
            .executionType();
  }

  private Accepted insert(Start start) {
    String key =
        start.idempotencyKey() == null ? null : start.userId() + "/" + start.idempotencyKey();
    SimDatabase.UsedKey used = key == null ? null : database.idempotencyKeys.get(key);
    if (used != null && !start.at().isAfter(used.at().plus(KEY_COUNTS))) {
      return new Accepted(
          database.instances.get(used.instance()), used.instance().equals(start.id()));
    }
    Optional<WorkflowInstance> former = former(start);
    if (former.isPresent()) {
      return new Accepted(former.get(), former.get().id().equals(start.id()));
    }
    Accepted accepted = arrive(start);
    WorkflowInstance instance = accepted.instance();
    database.put(instance);
    if (key != null) {
      database.idempotencyKeys.put(key, new SimDatabase.UsedKey(instance.id(), start.at()));
    }
    return accepted;
  }

  /** Of a former try, or of another one for the same attempt of a parent. */
  private Optional<WorkflowInstance> former(Start start) {
    return start.parent() == null
        ? Optional.ofNullable(database.instances.get(start.id()))
        : database.instances.values().stream()
            .filter(i -> i.parent() != null && i.parent().task().equals(start.parent().task()))
            .findFirst();
  }

  private Accepted arrive(Start start) {
    List<WorkflowInstanceId> others = others(start.workflowId(), start.id());
    Arrival arrival = SerialRule.onArrival(start.executionType(), !others.isEmpty());
    long ticket = enter(arrival, start.workflowId(), start.id());
    return new Accepted(
        Arrivals.instance(start, arrival, ticket, others.isEmpty() ? null : others.get(0)),
        true,
        stopOthers(arrival, others, start.id()));
  }

  private List<WorkflowInstanceId> others(long workflowId, WorkflowInstanceId self) {
    return database.serialQueue.values().stream()
        .filter(place -> place.workflowId() == workflowId && !place.instance().equals(self))
        .map(SerialPlace::instance)
        .toList();
  }

  private long enter(Arrival arrival, long workflowId, WorkflowInstanceId id) {
    return switch (arrival) {
      case START_FREELY, DISCARD -> 0;
      case START_AS_FIRST, WAIT, STOP_OTHERS_AND_WAIT -> {
        long ticket = database.nextNumber();
        database.serialQueue.put(ticket, new SerialPlace(workflowId, id));
        yield ticket;
      }
    };
  }

  private List<WorkflowInstanceId> stopOthers(
      Arrival arrival, List<WorkflowInstanceId> others, WorkflowInstanceId newest) {
    if (arrival != Arrival.STOP_OTHERS_AND_WAIT) {
      return List.of();
    }
    TreeSet<WorkflowInstanceId> unstopped = new TreeSet<>(others);
    unstopped.removeIf(this::isToBeStopped);
    for (WorkflowInstanceId other : unstopped) {
      long id = database.nextNumber();
      String actor = Arrivals.stopActor(newest);
      database.commands.put(id, new Command(id, other, Command.Type.STOP, null, 0, actor));
    }
    return others;
  }

  /** Whether its last command is a stop. */
  private boolean isToBeStopped(WorkflowInstanceId id) {
    return database.commands.descendingMap().values().stream()
        .filter(command -> command.instance().equals(id))
        .findFirst()
        .filter(command -> command.type() == Command.Type.STOP)
        .isPresent();
  }
}
