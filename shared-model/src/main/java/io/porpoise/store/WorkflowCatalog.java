package io.porpoise.store;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Workflows.Workflow;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.List;

/** Workflow definitions as people look through them; nothing here has to do with a run. */
public interface WorkflowCatalog {
  /**
   * A line of a list.
   *
   * @param last the instance that was created last, or null
   */
  record Entry(Workflow workflow, LastInstance last) {}

  /** The little that a line tells of an instance. */
  record LastInstance(
      WorkflowInstanceId id,
      WorkflowState state,
      Instant createdAt,
      Instant startTime,
      Instant endTime) {}

  /** A version without its document. */
  record SavedVersion(int version, String createdBy, Instant createdAt) {}

  /** Where tasks stand on the canvas; {@code positions} is a JSON document of the API's making. */
  record Layout(String positions, String updatedBy, Instant updatedAt) {}

  /**
   * By name, names above {@code after} (empty: from the first).
   *
   * @param search a piece of the name, in any case; empty: all
   */
  Single<List<Entry>> list(long projectId, String search, String after, int limit);

  /** Newest first, those below {@code before}. */
  Single<List<SavedVersion>> versions(long workflowId, int before, int limit);

  Maybe<Layout> layout(long workflowId);

  /** In the place of the one before. */
  Completable saveLayout(long workflowId, Layout layout);
}
