package io.porpoise.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The process itself.
 *
 * @param data where everything lasting of this process lives; one process per directory
 * @param id the lasting name; empty: made up at the first start and kept in the data directory
 * @param startTimeout how long the start waits for ZooKeeper and the database
 * @param stopTimeout how long a graceful stop may take before the process ends all the same
 * @param blockedLimit an event loop that is held up longer than this is reported with its stack
 */
public record NodeConfig(
    @Setting("data") Path data,
    @Setting("") Optional<String> id,
    @Setting(value = "15s", min = "1s", max = "10m") Duration startTimeout,
    @Setting(value = "20s", min = "1s", max = "1h") Duration stopTimeout,
    @Setting(value = "2s", min = "50ms", max = "1m") Duration blockedLimit) {}
