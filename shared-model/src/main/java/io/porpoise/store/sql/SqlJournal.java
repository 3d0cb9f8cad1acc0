package io.porpoise.store.sql;

import io.porpoise.cluster.NodeId;
import io.porpoise.store.Batch;
import io.porpoise.store.Journal;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Batches, each shard's on a connection of its own. */
final class SqlJournal implements Journal {
  private final Database database;
  private final Map<ShardKey, ShardConnection> shards = new ConcurrentHashMap<>();

  SqlJournal(Database database) {
    this.database = database;
  }

  /** Shards of one process are told apart by number; tests have several nodes in a process. */
  private record ShardKey(NodeId node, long incarnation, int shard) {}

  @Override
  public Single<Outcome> commit(Batch batch) {
    return Single.defer(
        () -> {
          requireGuards(batch);
          ShardKey key = new ShardKey(batch.node(), batch.incarnation(), batch.shard());
          return shards.computeIfAbsent(key, k -> new ShardConnection(database)).commit(batch);
        });
  }

  @Override
  public Single<Long> lastSeq(NodeId node, long incarnation, int shard) {
    // The lock waits for a transaction that has written the row and neither committed nor rolled
    // back.
    return database
        .query(
            "SELECT seq FROM journal WHERE node = ? AND incarnation = ? AND shard = ? FOR UPDATE",
            node.value(),
            incarnation,
            shard)
        .map(rows -> rows.stream().findFirst().map(r -> r.getLong(0)).orElse(0L));
  }

  Completable close() {
    return Completable.merge(shards.values().stream().map(ShardConnection::close).toList());
  }

  private static void requireGuards(Batch batch) {
    for (Batch.InstanceChange change : batch.changes()) {
      if (!batch.guards().containsKey(change.id().slot())) {
        throw new IllegalArgumentException(
            "batch "
                + batch.seq()
                + " writes instance "
                + change.id()
                + " without a guard for slot "
                + change.id().slot());
      }
    }
  }
}
