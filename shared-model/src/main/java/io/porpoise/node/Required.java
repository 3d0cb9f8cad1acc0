package io.porpoise.node;

import io.porpoise.node.config.Config;
import io.porpoise.node.config.ConfigLoader;

/** Keys without a default that a cluster must be given; standalone gives them itself. */
final class Required {
  private Required() {}

  static void check(Config config) {
    require(
        config.zookeeper().connect().isPresent(),
        "zookeeper.connect",
        "the host:port of the cluster's ZooKeeper");
    require(
        !config.cluster().secret().value().isEmpty(),
        "cluster.secret",
        "any long random text, the same on all nodes");
  }

  static void require(boolean isGiven, String key, String what) {
    if (!isGiven) {
      throw new StartFailure(
          "%s is not set: it must be %s (%s, or --set %s=...)"
              .formatted(key, what, ConfigLoader.variableOf(key), key));
    }
  }
}
