package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;

/**
 * To an API node's events address: these instances have changed, as of commits of the last moment.
 * Only a hint to read their rows.
 *
 * @param isMore there were more than a message should have; read whatever is shown
 */
public record InstancesTouched(List<WorkflowInstanceId> instances, boolean isMore)
    implements Message {}
