package io.porpoise.simulation.store;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a master reads: committed rows, all of one call from one moment. */
public final class SimRunStore implements RunStore {
  private final SimNode node;
  private final SimDatabase database;

  public SimRunStore(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<List<StoredRun>> load(Collection<WorkflowInstanceId> ids) {
    TreeSet<WorkflowInstanceId> wanted = new TreeSet<>(ids);
    return database.call(
        node,
        () ->
            wanted.stream()
                .filter(database.instances::containsKey)
                .peek(database::checkReadable)
                .map(id -> stored(database.instances.get(id)))
                .toList());
  }

  @Override
  public Single<IdPage> nextUnfinished(
      Collection<Integer> slots, WorkflowInstanceId after, int limit, int tasksMax) {
    BitSet wanted = bits(slots);
    return database.call(
        node,
        () -> {
          List<WorkflowInstance> found = unfinished(wanted, after).limit(limit).toList();
          List<WorkflowInstanceId> ids = new ArrayList<>();
          long tasks = 0;
          for (WorkflowInstance instance : found) {
            tasks += database.tasks(instance.id()).stream().filter(TaskInstance::valid).count();
            if (tasks > tasksMax && !ids.isEmpty()) {
              break;
            }
            ids.add(instance.id());
          }
          return new IdPage(ids, found.size() < limit && ids.size() == found.size());
        });
  }

  @Override
  public Single<List<WorkflowInstanceId>> unfinishedIds(
      Collection<Integer> slots, WorkflowInstanceId after, int limit) {
    BitSet wanted = bits(slots);
    return database.call(
        node, () -> unfinished(wanted, after).limit(limit).map(WorkflowInstance::id).toList());
  }

  @Override
  public Single<List<SlotSum>> unfinishedSums(Collection<Integer> slots) {
    BitSet wanted = bits(slots);
    return database.call(
        node,
        () -> {
          Map<Integer, SlotSum> sums = new TreeMap<>();
          unfinished(wanted, new WorkflowInstanceId(0))
              .forEach(
                  i ->
                      sums.merge(
                          i.slot(),
                          new SlotSum(i.slot(), 1, i.id().value()),
                          (a, b) ->
                              new SlotSum(
                                  a.slot(), a.count() + b.count(), a.idsXor() ^ b.idsXor())));
          return List.copyOf(sums.values());
        });
  }

  @Override
  public Single<List<WorkflowInstance>> instances(Collection<WorkflowInstanceId> ids) {
    TreeSet<WorkflowInstanceId> wanted = new TreeSet<>(ids);
    return database.call(
        node, () -> wanted.stream().map(database.instances::get).filter(Objects::nonNull).toList());
  }

  @Override
  public Single<List<Command>> commands(Collection<Integer> slots, int limit) {
    BitSet wanted = bits(slots);
    return database.call(
        node,
        () ->
            database.commands.values().stream()
                .filter(command -> wanted.get(command.instance().slot()))
                .limit(limit)
                .toList());
  }

  @Override
  public Single<List<Command>> commandsOf(Collection<WorkflowInstanceId> ids) {
    TreeSet<WorkflowInstanceId> wanted = new TreeSet<>(ids);
    return database.call(
        node,
        () ->
            database.commands.values().stream()
                .filter(command -> wanted.contains(command.instance()))
                .toList());
  }

  @Override
  public Maybe<Startable> startable(String project, String workflow) {
    return database
        .call(node, () -> database.startable(project, workflow))
        .mapOptional(startable -> startable);
  }

  @Override
  public Single<VersionedDefinition> definition(long workflowId, int version) {
    return database.call(node, () -> database.definition(workflowId, version));
  }

  private Stream<WorkflowInstance> unfinished(BitSet slots, WorkflowInstanceId after) {
    return database.unfinished.values().stream()
        .filter(instance -> slots.get(instance.slot()))
        .filter(i -> i.slot() != after.slot() || i.id().compareTo(after) > 0)
        .sorted(
            Comparator.comparingInt(WorkflowInstance::slot).thenComparing(WorkflowInstance::id));
  }

  private StoredRun stored(WorkflowInstance instance) {
    Map<Long, Integer> former = new TreeMap<>();
    List<TaskInstance> valid = new ArrayList<>();
    for (TaskInstance task : database.tasks(instance.id())) {
      if (task.valid()) {
        valid.add(task);
      } else {
        former.merge(task.code(), task.attempt(), Math::max);
      }
    }
    return new StoredRun(instance, valid, former);
  }

  private static BitSet bits(Collection<Integer> slots) {
    BitSet bits = new BitSet();
    slots.forEach(bits::set);
    return bits;
  }
}
