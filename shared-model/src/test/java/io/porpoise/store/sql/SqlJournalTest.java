package io.porpoise.store.sql;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.contract.JournalContract;
import io.porpoise.store.contract.StoreStage;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class SqlJournalTest extends JournalContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }

  /** A name that is longer than its column. */
  @Override
  protected InstanceChange poisoned(WorkflowInstance instance) {
    TaskInstance task =
        new TaskInstance(
            new TaskInstanceId(666),
            instance.id(),
            1,
            "x".repeat(300),
            "SHELL",
            TaskState.SUBMITTED,
            true,
            1,
            0,
            0,
            0,
            "default",
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            Map.of());
    return new InstanceChange(
        instance.id(), null, List.of(task), List.of(), List.of(), List.of(), List.of());
  }
}
