package io.porpoise.simulation.store;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.store.SimDatabase.GroupPlace;
import io.porpoise.simulation.store.SimDatabase.RaisedAlert;
import io.porpoise.store.Batch;
import io.porpoise.store.InstanceQueries.HistoryRow;
import io.porpoise.store.Journal;
import io.porpoise.store.SlotStore.SlotRow;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Guarded batches, all or nothing. */
public final class SimJournal implements Journal {
  private final SimNode node;
  private final SimDatabase database;

  public SimJournal(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<Outcome> commit(Batch batch) {
    String key = key(batch.node(), batch.incarnation(), batch.shard());
    return database.call(node, key, () -> write(batch, key));
  }

  @Override
  public Single<Long> lastSeq(NodeId owner, long incarnation, int shard) {
    String key = key(owner, incarnation, shard);
    return database.call(node, key, () -> database.journal.getOrDefault(key, 0L));
  }

  private static String key(NodeId owner, long incarnation, int shard) {
    return owner + "/" + incarnation + "/" + shard;
  }

  private Outcome write(Batch batch, String key) {
    for (Batch.InstanceChange change : batch.changes()) {
      if (!batch.guards().containsKey(change.id().slot())) {
        throw new IllegalArgumentException("no guard for the slot of instance " + change.id());
      }
    }
    Set<Integer> lost = new TreeSet<>();
    for (Map.Entry<Integer, Long> guard : new TreeMap<>(batch.guards()).entrySet()) {
      SlotRow row = database.slots.get(guard.getKey());
      if (row.epoch() != guard.getValue()
          || !batch.node().equals(row.owner())
          || row.incarnation() != batch.incarnation()) {
        lost.add(guard.getKey());
      }
    }
    if (!lost.isEmpty()) {
      return new LostSlots(lost);
    }
    if (batch.changes().stream().anyMatch(database::isPoisoned)) {
      return new Rejected(
          batch.changes().stream()
              .map(Batch.InstanceChange::id)
              .collect(Collectors.toCollection(TreeSet::new)),
          "data too long");
    }
    database.tellCommit(batch);
    batch.changes().forEach(this::apply);
    database.journal.put(key, batch.seq());
    return new Committed();
  }

  private void apply(Batch.InstanceChange change) {
    if (change.instance() != null) {
      database.put(change.instance());
    }
    change.tasks().forEach(this::apply);
    if (!change.history().isEmpty()) {
      List<HistoryRow> rows = database.history.computeIfAbsent(change.id(), i -> new ArrayList<>());
      rows.add(new HistoryRow(database.nextNumber(), List.copyOf(change.history())));
    }
    change.appliedCommands().forEach(database.commands::remove);
    change.leftTickets().forEach(database.serialQueue::remove);
    for (Batch.Alert alert : change.alerts()) {
      RaisedAlert raised = new RaisedAlert(change.id(), alert);
      database.alerts.putIfAbsent(raised.key(), raised);
    }
  }

  private void apply(TaskInstance task) {
    database
        .tasks
        .computeIfAbsent(task.workflowInstanceId(), i -> new TreeMap<>())
        .put(task.id(), task);
    if (!task.valid() || task.state().isTerminal()) {
      database.groupQueue.remove(task.id());
    } else if (task.claim() != null && task.state() == TaskState.SUBMITTED) {
      database.groupQueue.putIfAbsent(
          task.id(),
          new GroupPlace(
              task.claim(), false, task.firstSubmitTime(), task.workflowInstanceId(), task.id()));
    }
  }
}
