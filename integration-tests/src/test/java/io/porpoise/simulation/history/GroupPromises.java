package io.porpoise.simulation.history;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.simulation.store.SimDatabase.GroupPlace;
import io.porpoise.store.TaskGroups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A task group never has more tasks than slots, loses none, and leaves nobody waiting for one that
 * is free.
 */
final class GroupPromises {
  /** A master looks at what waits every so often, in case that it has not been told. */
  private static final Duration SWEEP = Duration.ofSeconds(15);

  private final Truth truth;
  private final Map<String, Long> held = new TreeMap<>();
  private final Map<String, Long> roomSince = new TreeMap<>();
  private final Map<TaskInstanceId, Long> grantedAt = new TreeMap<>();

  GroupPromises(Truth truth) {
    this.truth = truth;
    truth.database.onGrant(
        task -> {
          grantedAt.put(task, truth.world.nanos());
          truth.world.trace(() -> "slot of its group for #" + task);
          look();
        });
  }

  /** When the attempt got its slot; 0: it needs none. */
  long readySince(TaskInstance task) {
    return grantedAt.getOrDefault(task.id(), 0L);
  }

  /** Before the commit that lets a task with a claim begin. */
  void begins(TaskInstance task) {
    truth.check(
        truth.database.groupPlaces().stream()
            .anyMatch(place -> place.task().equals(task.id()) && place.isHeld()),
        "a task of a group begins only with a slot: %s",
        task.id());
  }

  /** After each change of rows. */
  void look() {
    List<GroupPlace> places = truth.database.groupPlaces();
    places.forEach(this::isOfUnfinishedTask);
    for (TaskGroups.Group group : truth.database.taskGroups()) {
      long now = count(places, group, true);
      truth.check(
          now <= group.size() || now <= held.getOrDefault(group.name(), 0L),
          "a task group has no more tasks than slots: %s has %s of %s",
          group.name(),
          now,
          group.size());
      held.put(group.name(), now);
      if (now < group.size() && count(places, group, false) > 0) {
        roomSince.putIfAbsent(group.name(), truth.world.nanos());
      } else {
        roomSince.remove(group.name());
      }
    }
  }

  /** Now and then: nobody waits while there is room. */
  void lookAtTime() {
    look();
    roomSince.forEach(
        (group, since) ->
            truth.isInTime(since, SWEEP, "a free slot is given to who waits for it", group));
  }

  private void isOfUnfinishedTask(GroupPlace place) {
    TaskInstance task =
        truth.database.tasks(place.instance()).stream()
            .filter(row -> row.id().equals(place.task()))
            .findFirst()
            .orElse(null);
    truth.check(
        task != null && task.valid() && !task.state().isTerminal(),
        "a slot is held, and a place kept, by an unfinished task only: %s is %s",
        place.task(),
        task == null ? null : task.state());
    truth.check(
        task == null || task.state() == TaskState.SUBMITTED || place.isHeld(),
        "who runs holds a slot: %s",
        place.task());
  }

  private static long count(List<GroupPlace> places, TaskGroups.Group group, boolean isHeld) {
    return places.stream()
        .filter(place -> place.claim().group().equals(group.name()) && place.isHeld() == isHeld)
        .count();
  }
}
