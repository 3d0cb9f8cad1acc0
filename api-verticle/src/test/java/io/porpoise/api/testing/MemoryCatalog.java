package io.porpoise.api.testing;

import io.porpoise.instance.WorkflowInstance;
import io.porpoise.store.WorkflowCatalog;
import io.porpoise.store.Workflows;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists of what is in memory. */
record MemoryCatalog(MemoryStores stores) implements WorkflowCatalog {
  @Override
  public Single<List<Entry>> list(long projectId, String search, String after, int limit) {
    return stores.one(
        () ->
            stores.workflows.values().stream()
                .filter(w -> w.projectId() == projectId && w.name().compareTo(after) > 0)
                .filter(
                    w ->
                        w.name().toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(Workflows.Workflow::name))
                .limit(limit)
                .map(w -> new Entry(w, last(w.id())))
                .toList());
  }

  private LastInstance last(long workflowId) {
    return stores.instances.values().stream()
        .filter(i -> i.workflowId() == workflowId)
        .max(Comparator.comparing(WorkflowInstance::createdAt))
        .map(i -> new LastInstance(i.id(), i.state(), i.createdAt(), i.startTime(), i.endTime()))
        .orElse(null);
  }

  @Override
  public Single<List<SavedVersion>> versions(long workflowId, int before, int limit) {
    return stores.one(
        () ->
            stores.versions.values().stream()
                .filter(v -> v.workflowId() == workflowId && v.version() < before)
                .sorted(Comparator.comparing(Workflows.Version::version).reversed())
                .limit(limit)
                .map(v -> new SavedVersion(v.version(), v.createdBy(), v.createdAt()))
                .toList());
  }

  @Override
  public Maybe<Layout> layout(long workflowId) {
    return stores.found(() -> stores.layouts.get(workflowId));
  }

  @Override
  public Completable saveLayout(long workflowId, Layout layout) {
    return stores
        .one(() -> Optional.ofNullable(stores.layouts.put(workflowId, layout)))
        .ignoreElement();
  }
}
