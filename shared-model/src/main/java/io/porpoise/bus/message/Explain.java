package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;

/**
 * To a shard: why are these unfinished instances where they are? Answered by {@link Explanations}.
 */
public record Explain(List<WorkflowInstanceId> instances) implements Message {}
