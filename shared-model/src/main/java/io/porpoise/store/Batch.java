package io.porpoise.store;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that one shard wants written at one moment, in one transaction. Rows are whole and absolute,
 * so that a batch may be tried again as it is.
 *
 * @param seq counts the batches of this shard and incarnation, from 1
 * @param guards the epoch at which the shard owns each slot that it writes for
 */
public record Batch(
    NodeId node,
    long incarnation,
    int shard,
    long seq,
    Map<Integer, Long> guards,
    List<InstanceChange> changes) {

  /**
   * What changed of one instance.
   *
   * @param instance the whole row, or null when it did not change
   * @param tasks whole rows, new or changed; each id once
   * @param history what happened, oldest first; becomes one row
   * @param appliedCommands ids of commands to delete
   * @param leftTickets places in the queue of its definition that it gives up
   * @param alerts to be sent; one that has been raised before is not raised again
   */
  public record InstanceChange(
      WorkflowInstanceId id,
      WorkflowInstance instance,
      List<TaskInstance> tasks,
      List<HistoryEntry> history,
      List<Long> appliedCommands,
      List<Long> leftTickets,
      List<Alert> alerts) {}

  /**
   * Something that people should hear of. It is raised once per instance, round, task and kind.
   *
   * @param task null: the instance itself
   * @param text one sentence
   */
  public record Alert(Kind kind, int round, TaskInstanceId task, String text) {
    /** What happened. */
    public enum Kind {
      WORKFLOW_TIMEOUT,
      TASK_TIMEOUT
    }
  }

  /**
   * One transition, for the append-only history.
   *
   * @param task name of the task, or null for the instance itself
   * @param attempt of the task, 0 for the instance
   * @param from the former state, or null
   * @param cause the event, in its stable name
   * @param actor user, node or rule that caused it
   */
  public record HistoryEntry(
      Instant at, String task, int attempt, String from, String to, String cause, String actor) {}
}
