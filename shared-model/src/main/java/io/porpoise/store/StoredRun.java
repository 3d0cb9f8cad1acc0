package io.porpoise.store;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import java.util.List;

/** An instance as the database has it, with its valid task rows. */
public record StoredRun(WorkflowInstance instance, List<TaskInstance> tasks) {}
