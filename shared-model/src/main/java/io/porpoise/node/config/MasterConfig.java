package io.porpoise.node.config;

import java.time.Duration;

/**
 * Masters.
 *
 * @param shards event loops that share the node's slots; 0: one per core
 * @param commitPacing under load a shard commits at most once in this time
 * @param sweepInterval how often a shard looks for rows that no message told it of
 * @param suspicion silence of a master after which, with a refused connection, its slots are
 *     claimed
 * @param claimDelay how long a claimant waits for a live owner to release a slot before it forces
 *     the claim
 * @param loadPageSize instances that are loaded at once after a claim
 * @param requestTimeout of one message to a worker
 * @param batchMaxRows rows of one batch
 * @param maxPending what one shard keeps in memory for a database that does not answer; above that
 *     it takes no more reports from workers, which keep them on disk
 * @param maxLostReplacements how often a LOST attempt is replaced before the task is FAILED
 * @param definitionCacheSize definition versions kept in memory
 */
public record MasterConfig(
    @Setting(value = "0", min = "0", max = "64") int shards,
    @Setting(value = "5ms", min = "0ms", max = "1s") Duration commitPacing,
    @Setting(value = "5s", min = "100ms", max = "10m") Duration sweepInterval,
    @Setting(value = "2100ms", min = "500ms", max = "1m") Duration suspicion,
    @Setting(value = "3s", min = "100ms", max = "1m") Duration claimDelay,
    @Setting(value = "500", min = "1", max = "10000") int loadPageSize,
    @Setting(value = "2s", min = "100ms", max = "1m") Duration requestTimeout,
    @Setting(value = "2000", min = "100", max = "20000") int batchMaxRows,
    @Setting(value = "32MiB", min = "1MiB", max = "4GiB") ByteSize maxPending,
    @Setting(value = "3", min = "0", max = "100") int maxLostReplacements,
    @Setting(value = "0s", min = "0s", max = "30d") Duration dispatchTimeout,
    @Setting(value = "1000", min = "1", max = "1000000") int definitionCacheSize) {}
