package io.porpoise.store;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What API nodes read: committed rows only. */
public interface InstanceQueries {
  /** An instance with the names that people know it by, and its slot's owner (null: nobody). */
  record InstanceView(WorkflowInstance instance, String project, String workflow, NodeId owner) {}

  /**
   * What to list. Nulls mean any.
   *
   * @param before keyset: instances created before this one (created_at, id), or null for the
   *     newest
   */
  record Filter(
      String project,
      String workflow,
      WorkflowState state,
      Instant from,
      Instant to,
      Position before,
      int limit) {}

  /** A place in the order (created_at, id). */
  record Position(Instant createdAt, WorkflowInstanceId id) {}

  /** Newest first, by (created_at, id). */
  Single<List<InstanceView>> list(Filter filter);

  Maybe<InstanceView> find(WorkflowInstanceId id);

  /** In any order; those that do not exist are left out. */
  Single<List<InstanceView>> find(Collection<WorkflowInstanceId> ids);

  /** Task rows in the order of their ids, with parameters and outputs. */
  Single<List<TaskInstance>> tasks(WorkflowInstanceId id, boolean allAttempts);

  Maybe<TaskInstance> task(TaskInstanceId id);

  /** The history, oldest first, entries of rows with a number above {@code after}. */
  Single<List<HistoryRow>> history(WorkflowInstanceId id, long after, int limit);

  /** The entries of one commit. */
  record HistoryRow(long number, List<Batch.HistoryEntry> entries) {}
}
