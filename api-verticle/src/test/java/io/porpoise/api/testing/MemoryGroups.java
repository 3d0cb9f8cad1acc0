package io.porpoise.api.testing;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.store.TaskGroups;
import io.reactivex.rxjava3.core.Single;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Task groups in memory; nothing ever waits in one. */
record MemoryGroups(MemoryStores stores) implements TaskGroups {
  @Override
  public Single<List<Grant>> grant(String group) {
    throw new UnsupportedOperationException("masters do that");
  }

  @Override
  public Single<Set<TaskInstanceId>> holding(Collection<TaskInstanceId> tasks) {
    throw new UnsupportedOperationException("masters do that");
  }

  @Override
  public Single<Standing> standing(String name) {
    return stores.one(
        () -> {
          Group group = stores.groups.get(name);
          return new Standing(name, group == null ? -1 : group.size(), 0, List.of());
        });
  }

  @Override
  public Single<List<Group>> list() {
    return stores.one(() -> List.copyOf(stores.groups.values()));
  }

  @Override
  public Single<Boolean> save(Group group) {
    return stores.one(() -> stores.groups.put(group.name(), group) == null);
  }

  @Override
  public Single<Boolean> delete(String name) {
    return stores.one(() -> stores.groups.remove(name) != null);
  }
}
