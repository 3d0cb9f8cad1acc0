package io.porpoise.master.shard;

import io.porpoise.master.engine.graph.ExecutionGraph;
import io.porpoise.store.RunStore;
import io.porpoise.store.RunStore.VersionedDefinition;
import io.reactivex.rxjava3.core.Single;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Definition versions with their graphs: immutable, shared by all instances, the least used leave
 * first.
 */
public final class Definitions {
  /** A version ready to be run. */
  public record Loaded(VersionedDefinition definition, ExecutionGraph graph) {}

  private record Key(long workflowId, int version) {}

  private final RunStore store;
  private final int sizeMax;
  private final LinkedHashMap<Key, Single<Loaded>> cache = new LinkedHashMap<>(16, 0.75f, true);

  public Definitions(RunStore store, int sizeMax) {
    this.store = store;
    this.sizeMax = sizeMax;
  }

  /** One version; several callers share one read, and a failure is not remembered. */
  public Single<Loaded> get(long workflowId, int version) {
    Key key = new Key(workflowId, version);
    Single<Loaded> known = cache.get(key);
    if (known != null) {
      return known;
    }
    Single<Loaded> loading =
        store
            .definition(workflowId, version)
            .map(found -> new Loaded(found, new ExecutionGraph(found.definition())))
            .doOnError(failure -> cache.remove(key))
            .cache();
    cache.put(key, loading);
    for (Map.Entry<Key, Single<Loaded>> eldest = cache.entrySet().iterator().next();
        cache.size() > sizeMax; ) {
      cache.remove(eldest.getKey());
      eldest = cache.entrySet().iterator().next();
    }
    return loading;
  }
}
