package io.porpoise.store;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Single;
import java.util.Set;

/** Writes batches: guarded, atomic, with a row by which a lost commit reply can be answered. */
public interface Journal {
  /** What became of a batch; all but {@link Committed} mean that nothing of it was written. */
  sealed interface Outcome {}

  /** All of it is durable. */
  record Committed() implements Outcome {}

  /** Some slots are no longer owned at the given epoch. */
  record LostSlots(Set<Integer> slots) implements Outcome {}

  /**
   * The data itself was refused (too long, not null...): trying again as it is would fail again.
   *
   * @param instances the instances that the batch was about
   */
  record Rejected(Set<WorkflowInstanceId> instances, String message) implements Outcome {}

  /**
   * Tries once; one batch of a shard at a time. Every slot that is written for must be guarded
   * ({@link IllegalArgumentException}). Fails with {@link StoreUnavailable} when the outcome is
   * unknown or another try may succeed; then ask {@link #lastSeq} before trying again.
   */
  Single<Outcome> commit(Batch batch);

  /**
   * The number of the last batch of this shard and incarnation that was committed, 0 if none. Reads
   * with a lock, so that it waits for a commit that is still on its way.
   */
  Single<Long> lastSeq(NodeId node, long incarnation, int shard);
}
