package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.cluster.MemberId;

/**
 * Published, with the heartbeats, by an API node at which somebody looks at lists of instances:
 * masters send {@link InstancesTouched} to its events address for so long. Renewed while anybody
 * looks; a master that hears it late, or not, leaves lists to be read again now and then.
 */
public record FeedWanted(MemberId api, long leaseMillis) implements Message {}
