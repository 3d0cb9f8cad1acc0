package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.WorkflowInstanceId;

/**
 * To a shard: send {@link InstanceChanged} of this instance to the API node's events address for so
 * long; renewed while somebody watches. Answered by {@link WatchAnswer}.
 */
public record Watch(WorkflowInstanceId instance, MemberId api, long leaseMillis)
    implements Message {}
