package io.porpoise.cluster.zookeeper;

/** ZooKeeper cannot be used at present. The message is for people and says what to look at. */
public final class ZooKeeperUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ZooKeeperUnreachable(String message) {
    super(message, null, false, false);
  }
}
