package io.porpoise.node.config;

import java.time.Duration;

/**
 * What is removed from the database by itself.
 *
 * @param finished how long after its end a workflow instance is kept; zero: for ever
 */
public record RetentionConfig(
    @Setting(value = "30d", min = "0s", max = "3650d") Duration finished) {}
