package io.porpoise.store;

import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.List;

/** Workflow definitions and their versions. */
public interface Workflows {
  /**
   * A workflow with its newest version.
   *
   * @param executionType of the newest version; it rules all instances of the workflow
   */
  record Workflow(
      long id,
      long projectId,
      String project,
      String name,
      int version,
      ReleaseState releaseState,
      ExecutionType executionType,
      String description,
      Instant createdAt,
      Instant updatedAt) {}

  /** A saved version; {@code document} is the canonical JSON of the definition. */
  record Version(
      long workflowId, int version, String document, String createdBy, Instant createdAt) {}

  /** What a save did. */
  record Saved(Workflow workflow, Change change) {
    /** Unchanged content keeps the version (but may change the release state). */
    public enum Change {
      CREATED,
      NEW_VERSION,
      UNCHANGED
    }
  }

  /**
   * Saves the document as a new version unless the newest one is the same to the byte; gives every
   * task name its stable code; all in one transaction under the workflow's row lock.
   *
   * @param taskNames of the document
   */
  Single<Saved> save(
      long projectId,
      String name,
      String description,
      String document,
      List<String> taskNames,
      ReleaseState releaseState,
      ExecutionType executionType,
      String createdBy,
      Instant now);

  Maybe<Workflow> find(String project, String name);

  Maybe<Version> version(long workflowId, int version);

  /** False when it was in that state before. */
  Single<Boolean> release(long workflowId, ReleaseState state, Instant now);
}
