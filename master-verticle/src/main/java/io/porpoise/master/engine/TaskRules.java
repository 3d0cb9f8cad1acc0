package io.porpoise.master.engine;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import java.time.Duration;

/**
 * What the life of an attempt depends on beside its row.
 *
 * @param lostReplacementsMax how often in a row a LOST attempt is replaced; then the task has
 *     FAILED, because a task that kills its workers must not kill them all (SEMANTICS.md, section
 *     3)
 */
public record TaskRules(
    int retriesMax, Duration retryInterval, TimeoutStrategy onTimeout, int lostReplacementsMax) {
  static TaskRules of(TaskDefinition task, int lostReplacementsMax) {
    return new TaskRules(
        task.failRetryTimes(),
        task.failRetryInterval(),
        task.timeoutStrategy(),
        lostReplacementsMax);
  }
}
