package io.porpoise.simulation.store;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.store.SimDatabase.GroupPlace;
import io.porpoise.store.TaskGroups;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Task groups and their queues. */
public final class SimTaskGroups implements TaskGroups {
  private static final Comparator<GroupPlace> BY_TURN =
      Comparator.<GroupPlace>comparingLong(place -> -place.claim().priority())
          .thenComparing(GroupPlace::firstSubmitTime)
          .thenComparing(GroupPlace::task);

  private final SimNode node;
  private final SimDatabase database;

  public SimTaskGroups(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<List<Grant>> grant(String group) {
    return database.call(
        node,
        () -> {
          long free = size(group) - held(group);
          List<Grant> granted = new ArrayList<>();
          for (GroupPlace place : waiting(group).limit(Math.max(0, free)).toList()) {
            database.groupQueue.put(place.task(), place.held());
            granted.add(new Grant(place.instance(), place.task()));
            database.tellGrant(place.task());
          }
          return granted;
        });
  }

  @Override
  public Single<Set<TaskInstanceId>> holding(Collection<TaskInstanceId> tasks) {
    Set<TaskInstanceId> asked = new TreeSet<>(tasks);
    return database.call(
        node,
        () ->
            database.groupQueue.values().stream()
                .filter(place -> place.isHeld() && asked.contains(place.task()))
                .map(GroupPlace::task)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Override
  public Single<Standing> standing(String group) {
    return database.call(
        node,
        () ->
            new Standing(
                group,
                size(group),
                (int) held(group),
                waiting(group).map(GroupPlace::task).toList()));
  }

  @Override
  public Single<List<Group>> list() {
    return database.call(node, database::taskGroups);
  }

  @Override
  public Single<Boolean> save(Group group) {
    return database.call(node, () -> database.taskGroups.put(group.name(), group) == null);
  }

  @Override
  public Single<Boolean> delete(String name) {
    return database.call(node, () -> database.taskGroups.remove(name) != null);
  }

  private int size(String group) {
    Group found = database.taskGroups.get(group);
    return found == null ? -1 : found.size();
  }

  private long held(String group) {
    return places(group).filter(GroupPlace::isHeld).count();
  }

  private Stream<GroupPlace> waiting(String group) {
    return places(group).filter(place -> !place.isHeld()).sorted(BY_TURN);
  }

  private Stream<GroupPlace> places(String group) {
    return database.groupQueue.values().stream()
        .filter(place -> place.claim().group().equals(group));
  }
}
