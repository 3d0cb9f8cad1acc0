package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;

/**
 * To a shard: rows of these instances are new (the instance itself, or commands for it). Only a
 * hint, sent after the commit; the sweep finds what a lost one would have told. Answered with
 * {@link LookAnswer} before anything is looked at.
 */
public record Look(List<WorkflowInstanceId> instances) implements Message {}
