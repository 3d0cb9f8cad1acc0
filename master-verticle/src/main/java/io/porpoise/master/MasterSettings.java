package io.porpoise.master;

import io.porpoise.master.dispatch.Fencing;
import io.porpoise.master.engine.EngineSettings;
import io.porpoise.node.config.ClusterConfig;
import io.porpoise.node.config.Config;
import io.porpoise.node.config.MasterConfig;
import java.time.Duration;

/**
 * What can be tuned of a master.
 *
 * @param shards event loops that share the node's slots
 * @param commitPacing under load a shard commits at most once in this time
 * @param lazyCommit the longest that a change which forces no commit (RUNNING) waits for one
 * @param sweepInterval how often rows are looked for that no message told of
 * @param heartbeat how often to publish proof of life
 * @param suspicion silence of a master that begins to be suspicious
 * @param claimDelay how long a live owner is given to release a slot
 * @param loadPageSize instances read at once
 * @param requestTimeout of one message
 * @param batchMaxRows about how many rows one transaction writes
 * @param pendingBytesMax about how much a shard keeps for a database that does not answer before it
 *     takes no more reports
 * @param lostReplacementsMax how often in a row a LOST attempt is replaced
 * @param dispatchTimeout how long a task may wait for a worker before it FAILED; zero: for ever
 * @param definitionCacheSize definition versions kept in memory
 * @param retention how long after their end instances are kept; zero: for ever
 * @param fencing when a worker that has gone is certainly dead
 * @param killGrace between TERM and KILL
 */
public record MasterSettings(
    int shards,
    Duration commitPacing,
    Duration lazyCommit,
    Duration sweepInterval,
    Duration heartbeat,
    Duration suspicion,
    Duration claimDelay,
    int loadPageSize,
    Duration requestTimeout,
    int batchMaxRows,
    long pendingBytesMax,
    int lostReplacementsMax,
    Duration dispatchTimeout,
    int definitionCacheSize,
    Duration retention,
    Fencing fencing,
    Duration killGrace) {
  public static final MasterSettings DEFAULTS =
      new MasterSettings(
          1,
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofMillis(2100),
          Duration.ofSeconds(3),
          500,
          Duration.ofSeconds(2),
          2000,
          32 * 1024 * 1024,
          3,
          Duration.ZERO,
          1000,
          Duration.ofDays(30),
          new Fencing(Duration.ofSeconds(6), Duration.ofSeconds(20), Duration.ofSeconds(8)),
          Duration.ofSeconds(5));

  /** What of this concerns the engine. */
  public EngineSettings engine() {
    return new EngineSettings(lostReplacementsMax, dispatchTimeout);
  }

  /**
   * As configured.
   *
   * @param shards how many there really are
   */
  static MasterSettings of(Config config, int shards) {
    MasterConfig master = config.master();
    ClusterConfig cluster = config.cluster();
    return new MasterSettings(
        shards,
        master.commitPacing(),
        DEFAULTS.lazyCommit(),
        master.sweepInterval(),
        cluster.heartbeat(),
        master.suspicion(),
        master.claimDelay(),
        master.loadPageSize(),
        master.requestTimeout(),
        master.batchMaxRows(),
        master.maxPending().bytes(),
        master.maxLostReplacements(),
        master.dispatchTimeout(),
        master.definitionCacheSize(),
        config.retention().finished(),
        new Fencing(
            config.zookeeper().sessionTimeout(),
            cluster.attemptLease(),
            cluster.killTime().plus(cluster.margin())),
        config.worker().killGrace());
  }
}
