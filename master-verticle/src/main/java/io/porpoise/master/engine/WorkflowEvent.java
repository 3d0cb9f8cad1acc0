package io.porpoise.master.engine;

import io.porpoise.instance.TaskInstanceId;

/** What can happen to a workflow instance. */
public sealed interface WorkflowEvent {
  /** It has been read for the first time. */
  record Begin() implements WorkflowEvent {}

  /** It has been read from the database by a new owner, in whatever state it was. */
  record Adopted() implements WorkflowEvent {}

  /**
   * Something happened to one of its tasks.
   *
   * @param actor who says so: a worker's node id, a user, or what else
   */
  record OfTask(TaskInstanceId task, TaskEvent event, String actor) implements WorkflowEvent {}

  /** Somebody wants it to stop. */
  record StopRequested(String actor) implements WorkflowEvent {}
}
