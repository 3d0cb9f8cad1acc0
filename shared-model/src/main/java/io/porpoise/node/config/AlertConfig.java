package io.porpoise.node.config;

import java.time.Duration;

/**
 * Alert nodes. Only this much for now: delivery comes with the alerts themselves.
 *
 * @param sweepInterval how often the outbox is looked through for what no message told of
 */
public record AlertConfig(
    @Setting(value = "5s", min = "100ms", max = "10m") Duration sweepInterval) {}
