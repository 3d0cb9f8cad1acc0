package io.porpoise.master.engine;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import java.time.Duration;

/**
 * What the life of an attempt depends on beside its row.
 *
 * @param lostReplacementsMax how often in a row a LOST attempt is replaced; then the task has
 *     FAILED, because a task that kills its workers must not kill them all (SEMANTICS.md, section
 *     3)
 * @param dispatchTimeout how long it may wait for a worker; zero: for ever
 */
public record TaskRules(
    Kind kind,
    int retriesMax,
    Duration retryInterval,
    TimeoutStrategy onTimeout,
    int lostReplacementsMax,
    Duration dispatchTimeout) {
  /** Who performs a task. */
  public enum Kind {
    /** A process on a worker. */
    PROCESS,
    /** Another workflow instance. */
    CHILD,
    /** The master, which chooses a branch. */
    DECISION,
    /** The master, which has nothing to do. */
    NO_OP
  }

  static TaskRules of(TaskDefinition task, EngineSettings settings) {
    return new TaskRules(
        kind(task),
        task.failRetryTimes(),
        task.failRetryInterval(),
        task.timeoutStrategy(),
        settings.lostReplacementsMax(),
        settings.dispatchTimeout());
  }

  private static Kind kind(TaskDefinition task) {
    if (LogicTasks.isSubWorkflow(task)) {
      return Kind.CHILD;
    }
    if (LogicTasks.isNoOp(task)) {
      return Kind.NO_OP;
    }
    return LogicTasks.isDecision(task) ? Kind.DECISION : Kind.PROCESS;
  }
}
