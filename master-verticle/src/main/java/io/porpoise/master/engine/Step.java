package io.porpoise.master.engine;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.Batch.HistoryEntry;
import java.util.List;

/**
 * The outcome of one event for a workflow instance.
 *
 * @param instance its new row, or null when it did not change
 * @param tasks new and changed rows, each id once, in a stable order
 * @param leftTickets places in its definition's queue that it gives up
 */
public record Step(
    StepKind kind,
    WorkflowInstance instance,
    List<TaskInstance> tasks,
    List<HistoryEntry> history,
    List<Long> leftTickets,
    List<Alert> alerts,
    List<Effect> effects) {
  /** Whether there is anything to be written. */
  public boolean hasChanges() {
    return instance != null || !tasks.isEmpty() || !leftTickets.isEmpty() || !alerts.isEmpty();
  }
}
