package io.porpoise.master.engine;

import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskInstanceId;

/** What can happen to a workflow instance. */
public sealed interface WorkflowEvent {
  /** It has been read for the first time. */
  record Begin() implements WorkflowEvent {}

  /** It has been read from the database by a new owner, in whatever state it was. */
  record Adopted() implements WorkflowEvent {}

  /**
   * It is the first in the queue of its serial definition.
   *
   * @param ticket the place that this is about; another one is old news
   */
  record Admitted(long ticket) implements WorkflowEvent {}

  /**
   * Something happened to one of its tasks.
   *
   * @param actor who says so: a worker's node id, a user, or what else
   */
  record OfTask(TaskInstanceId task, TaskEvent event, String actor) implements WorkflowEvent {}

  /** Somebody wants it to stop. */
  record StopRequested(String actor) implements WorkflowEvent {}

  /** Somebody wants it to start nothing more. */
  record PauseRequested(String actor) implements WorkflowEvent {}

  /**
   * Somebody wants it to go on after it has finished.
   *
   * @param ticket the place in the queue that it has been given for that, 0: none is needed
   * @param round that it must have ended, 0: whichever
   */
  record ReopenRequested(Reopening how, long ticket, int round, String actor)
      implements WorkflowEvent {
    public ReopenRequested(Reopening how, long ticket, String actor) {
      this(how, ticket, 0, actor);
    }
  }

  /** It has taken longer than it should, in that round. */
  record TimeoutDue(int round) implements WorkflowEvent {}
}
