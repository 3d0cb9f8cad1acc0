package io.porpoise.cluster.zookeeper;

import java.time.Duration;

/**
 * How to reach ZooKeeper.
 *
 * @param connect host:port, several separated by commas
 * @param root the entry under which everything of this cluster stands, e.g. {@code porpoise}
 * @param session after this long without a sign of life the others take a member for gone; the
 *     server grants 2 to 20 of its ticks
 * @param startTimeout how long connecting and joining may each take before the start is given up
 */
public record ZooKeeperOptions(
    String connect, String root, Duration session, Duration startTimeout) {
  public ZooKeeperOptions {
    if (root.isBlank() || root.startsWith("/") || root.endsWith("/")) {
      throw new IllegalArgumentException(
          "the ZooKeeper root '" + root + "' must be a path without a slash at its ends");
    }
  }

  public static ZooKeeperOptions of(String connect, String root) {
    return new ZooKeeperOptions(connect, root, Duration.ofSeconds(6), Duration.ofSeconds(15));
  }
}
