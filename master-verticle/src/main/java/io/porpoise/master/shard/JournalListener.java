package io.porpoise.master.shard;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Effect;
import java.util.List;
import java.util.Set;

/** What follows from commits. */
interface JournalListener {
  /** The instance as it is now durable, with the tasks that changed. */
  void committed(WorkflowInstanceId id, WorkflowInstance instance, List<TaskInstance> tasks);

  /** An effect whose cause is durable. */
  void perform(WorkflowInstanceId id, Effect effect);

  /** The database says that these slots have another owner. */
  void lost(Set<Integer> slots);

  /** The database refuses what is to be written of this instance. */
  void quarantined(WorkflowInstanceId id, String why);
}
