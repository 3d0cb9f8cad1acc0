package io.porpoise.simulation.store;

import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.simulation.SimNode;
import io.porpoise.store.InstanceQueries.Position;
import io.porpoise.store.Retention;
import io.porpoise.store.SlotStore.SlotRow;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Removes from the simulated tables; a batch of keys or journals has no limit here. */
public final class SimRetention implements Retention {
  private static final Duration KEY_COUNTS = Duration.ofHours(24);

  private final SimNode node;
  private final SimDatabase database;

  public SimRetention(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<Part> endedBefore(Instant before, Position after, int limit) {
    return database.call(node, () -> part(before, after, limit));
  }

  private Part part(Instant before, Position after, int limit) {
    List<WorkflowInstance> seen =
        database.instances.values().stream()
            .filter(i -> i.createdAt().isBefore(before) && isAfter(i, after))
            .sorted(
                Comparator.comparing(WorkflowInstance::createdAt)
                    .thenComparing(WorkflowInstance::id))
            .limit(limit)
            .toList();
    List<Ended> ended =
        seen.stream()
            .filter(i -> hasEnded(i, before))
            .map(i -> new Ended(i.id(), database.tasks(i.id()).size()))
            .toList();
    WorkflowInstance last = seen.size() < limit ? null : seen.get(limit - 1);
    return new Part(ended, last == null ? null : new Position(last.createdAt(), last.id()));
  }

  private static boolean isAfter(WorkflowInstance instance, Position after) {
    int order = instance.createdAt().compareTo(after.createdAt());
    return order > 0 || (order == 0 && instance.id().compareTo(after.id()) > 0);
  }

  private static boolean hasEnded(WorkflowInstance instance, Instant before) {
    return instance.isFinished()
        && instance.state() != WorkflowState.PAUSED
        && instance.endTime() != null
        && instance.endTime().isBefore(before);
  }

  @Override
  public Single<Integer> remove(Owner owner, Instant before, Collection<WorkflowInstanceId> ids) {
    List<WorkflowInstanceId> wanted = ids.stream().sorted().toList();
    return database.call(
        node,
        () -> {
          List<WorkflowInstanceId> unneeded =
              wanted.stream().filter(id -> mayGo(owner, before, id)).toList();
          unneeded.forEach(this::remove);
          return unneeded.size();
        });
  }

  private boolean mayGo(Owner owner, Instant before, WorkflowInstanceId id) {
    SlotRow slot = database.slots.get(id.slot());
    WorkflowInstance instance = database.instances.get(id);
    return owner.node().equals(slot.owner())
        && slot.incarnation() == owner.incarnation()
        && Long.valueOf(slot.epoch()).equals(owner.epochs().get(id.slot()))
        && instance != null
        && hasEnded(instance, before)
        && database.commands.values().stream().noneMatch(c -> c.instance().equals(id))
        && (instance.parent() == null
            || !database.instances.containsKey(instance.parent().instance()))
        && database.unfinished.values().stream()
            .noneMatch(i -> i.parent() != null && i.parent().instance().equals(id));
  }

  private void remove(WorkflowInstanceId id) {
    database.instances.remove(id);
    database.tasks.remove(id);
    database.history.remove(id);
    database.alerts.values().removeIf(alert -> alert.instance().equals(id));
  }

  @Override
  public Single<Integer> removeExpired(Instant now, int limit) {
    return database.call(
        node,
        () -> {
          int before = expirable();
          database.idempotencyKeys.values().removeIf(k -> k.at().isBefore(now.minus(KEY_COUNTS)));
          database.tokens.values().removeIf(token -> token.expires().isBefore(now));
          removeDeadJournals();
          return before - expirable();
        });
  }

  private int expirable() {
    return database.idempotencyKeys.size() + database.tokens.size() + database.journal.size();
  }

  private void removeDeadJournals() {
    Map<String, Long> newest = new TreeMap<>();
    database.journal.keySet().forEach(key -> newest.merge(owner(key), incarnation(key), Math::max));
    database
        .journal
        .keySet()
        .removeIf(key -> incarnation(key) < newest.get(owner(key)) && ownsNothing(key));
  }

  private boolean ownsNothing(String key) {
    return database.slots.stream()
        .noneMatch(
            row ->
                row.owner() != null
                    && row.owner().value().equals(owner(key))
                    && row.incarnation() == incarnation(key));
  }

  /** The key of a journal is node/incarnation/shard. */
  private static String owner(String key) {
    return key.split("/")[0];
  }

  private static long incarnation(String key) {
    return Long.parseLong(key.split("/")[1]);
  }
}
