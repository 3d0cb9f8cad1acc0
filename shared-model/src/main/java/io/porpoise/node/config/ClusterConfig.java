package io.porpoise.node.config;

import java.time.Duration;

/**
 * What the members of a cluster share; these values must be the same on all of them, host and port
 * excepted.
 *
 * @param host the address on which the other members reach this one's event bus
 * @param port of the event bus; 0 takes any free one
 * @param secret signs the messages of the bus
 * @param heartbeat h: how often a member publishes proof of life with load
 * @param attemptLease L: how long a worker lets attempts run without an acknowledged heartbeat
 * @param killTime K: how long killing and verifying may take
 * @param margin m: for drift and scheduling
 */
public record ClusterConfig(
    @Setting("127.0.0.1") String host,
    @Setting(value = "0", min = "0", max = "65535") int port,
    @Setting("") Secret secret,
    @Setting(value = "1s", min = "100ms", max = "10s") Duration heartbeat,
    @Setting(value = "20s", min = "5s", max = "10m") Duration attemptLease,
    @Setting(value = "7s", min = "1s", max = "1m") Duration killTime,
    @Setting(value = "1s", min = "100ms", max = "10s") Duration margin) {}
