package io.porpoise.node.config;

import java.time.Duration;

/** Rules between several keys. */
final class ConfigRules {
  /** Idempotency keys count for a day, and must not outlive what they name. */
  private static final Duration RETENTION_MIN = Duration.ofDays(2);

  private ConfigRules() {}

  static void check(Config config) {
    ClusterConfig cluster = config.cluster();
    less(
        "zookeeper.session_timeout",
        config.zookeeper().sessionTimeout(),
        "cluster.attempt_lease",
        cluster.attemptLease());
    less("cluster.heartbeat", cluster.heartbeat(), "cluster.attempt_lease", cluster.attemptLease());
    less("worker.kill_grace", config.worker().killGrace(), "cluster.kill_time", cluster.killTime());
    less("cluster.heartbeat", cluster.heartbeat(), "master.suspicion", config.master().suspicion());
    Duration finished = config.retention().finished();
    if (!finished.isZero() && finished.compareTo(RETENTION_MIN) < 0) {
      throw new ConfigException(
          "retention.finished is %s but must be 0s (for ever) or at least 2d"
              .formatted(text(finished)));
    }
    if (config.worker().groups().isEmpty()) {
      throw new ConfigException("worker.groups is empty but must name at least one worker group");
    }
  }

  private static void less(String key, Duration value, String limitKey, Duration limit) {
    if (value.compareTo(limit) >= 0) {
      throw new ConfigException(
          "%s is %s but must be less than %s, which is %s"
              .formatted(key, text(value), limitKey, text(limit)));
    }
  }

  private static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
