package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;

/**
 * What a shard says to {@link Look}.
 *
 * @param notMine their slots are not this shard's: look again who owns them, and tell that one
 */
public record LookAnswer(List<WorkflowInstanceId> notMine) implements Message {}
