package io.porpoise.simulation.store;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.NoSuchElementException;

/** What API nodes insert. */
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
  public Single<Long> command(
      WorkflowInstanceId instance, Command.Type type, TaskInstanceId taskInstance, String actor) {
    return database.call(
        node,
        () -> {
          if (!database.instances.containsKey(instance)) {
            throw new NoSuchElementException("there is no instance " + instance);
          }
          long id = database.nextNumber();
          database.commands.put(id, new Command(id, instance, type, taskInstance, actor));
          return id;
        });
  }

  private Accepted insert(Start start) {
    String key =
        start.idempotencyKey() == null ? null : start.userId() + "/" + start.idempotencyKey();
    SimDatabase.UsedKey used = key == null ? null : database.idempotencyKeys.get(key);
    if (used != null && !start.at().isAfter(used.at().plus(KEY_COUNTS))) {
      return new Accepted(
          database.instances.get(used.instance()), used.instance().equals(start.id()));
    }
    if (database.instances.containsKey(start.id())) {
      return new Accepted(database.instances.get(start.id()), true); // repeated as it was
    }
    WorkflowInstance instance =
        WorkflowInstance.submitted(
            start.id(),
            start.projectId(),
            start.workflowId(),
            start.version(),
            start.options(),
            start.userName(),
            start.at());
    database.put(instance);
    if (key != null) {
      database.idempotencyKeys.put(key, new SimDatabase.UsedKey(instance.id(), start.at()));
    }
    return new Accepted(instance, true);
  }
}
