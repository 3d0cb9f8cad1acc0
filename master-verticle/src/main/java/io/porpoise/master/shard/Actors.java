package io.porpoise.master.shard;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.dispatch.Placements;
import io.porpoise.store.RunStore.SlotSum;
import io.porpoise.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The instances in a shard's memory, those set aside because the database refuses them, and where
 * their tasks are.
 */
final class Actors {
  /** Those of one slot, with the sum by which they are compared with the database's. */
  private static final class OfSlot {
    static final OfSlot NONE = new OfSlot();

    final Set<Actor> actors = new LinkedHashSet<>();
    long idsXor;
  }

  private final Map<WorkflowInstanceId, Actor> actors = new LinkedHashMap<>();
  private final Map<Integer, OfSlot> bySlot = new TreeMap<>();
  private final SetAside setAside;
  private final Placements placements = new Placements();
  private final Departures departures = new Departures();
  private long stays;

  Actors(Clock clock) {
    setAside = new SetAside(clock);
  }

  Actor get(WorkflowInstanceId id) {
    return actors.get(id);
  }

  boolean has(WorkflowInstanceId id) {
    return actors.containsKey(id);
  }

  /** Whether those of a slot are, in number and sum, the ones that the database has. */
  boolean hasJust(SlotSum unfinished) {
    OfSlot present = bySlot.getOrDefault(unfinished.slot(), OfSlot.NONE);
    return present.actors.size() == unfinished.count() && present.idsXor == unfinished.idsXor();
  }

  int size() {
    return actors.size();
  }

  void add(Actor actor) {
    actor.enters(++stays);
    WorkflowInstanceId id = actor.run().id();
    actors.put(id, actor);
    OfSlot ofSlot = bySlot.computeIfAbsent(id.slot(), slot -> new OfSlot());
    ofSlot.actors.add(actor);
    ofSlot.idsXor ^= id.value();
    actor.run().tasks().forEach(placements::follow);
  }

  void remove(WorkflowInstanceId id) {
    setAside.remove(id);
    leave(id);
  }

  private void leave(WorkflowInstanceId id) {
    Actor actor = actors.remove(id);
    if (actor != null) {
      departures.left(id);
      OfSlot ofSlot = bySlot.get(id.slot());
      ofSlot.actors.remove(actor);
      ofSlot.idsXor ^= id.value();
      actor.run().tasks().forEach(task -> placements.forget(task.id()));
    }
  }

  /** How many have left. */
  long departures() {
    return departures.count();
  }

  /** As {@link Departures#hasLeftSince}. */
  boolean hasLeftSince(WorkflowInstanceId id, long departuresThen) {
    return departures.hasLeftSince(id, departuresThen);
  }

  /** Stops working on it; nothing can be said about it until it is back. */
  void setAside(WorkflowInstanceId id, String why) {
    leave(id);
    setAside.add(id, why);
  }

  /** Whoever owns the slots next tries again with what was set aside here. */
  void forgetSetAside(Collection<Integer> slots) {
    setAside.forget(slots);
  }

  boolean isSetAside(WorkflowInstanceId id) {
    return setAside.has(id) && !actors.containsKey(id);
  }

  /** Whether it may be read from the database now. */
  boolean mayEnter(WorkflowInstanceId id) {
    return !isSetAside(id) || setAside.isDue(id);
  }

  /** As {@link SetAside#hurry}. */
  boolean hurry(WorkflowInstanceId id, long command) {
    return setAside.hurry(id, command);
  }

  Reason whySetAside(WorkflowInstanceId id) {
    return setAside.reason(id);
  }

  /** Those of the slots; a copy. */
  List<Actor> of(Collection<Integer> slots) {
    List<Actor> found = new ArrayList<>();
    slots.forEach(slot -> found.addAll(bySlot.getOrDefault(slot, OfSlot.NONE).actors));
    return found;
  }

  /** The valid attempt as it is now, or null. */
  TaskInstance task(WorkflowInstanceId instance, TaskInstanceId task) {
    Actor actor = actors.get(instance);
    return actor == null ? null : actor.run().task(task);
  }

  Placements placements() {
    return placements;
  }

  /** The attempts that are with a worker, with their instances; a copy. */
  Map<TaskInstanceId, WorkflowInstanceId> at(NodeId worker) {
    return placements.at(worker);
  }
}
