package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import java.util.List;

/** To an API node's events address, after each commit that changed a watched instance. */
public record InstanceChanged(WorkflowInstance instance, List<TaskInstance> changedTasks)
    implements Message {}
