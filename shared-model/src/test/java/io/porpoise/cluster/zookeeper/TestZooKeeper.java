package io.porpoise.cluster.zookeeper;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/** A real ZooKeeper server in this process, which can go away and come back with its data. */
final class TestZooKeeper implements AutoCloseable {
  private static final int TICK_MILLIS = 250;

  private final File data;
  private int port;
  private ServerCnxnFactory connections;
  private ZooKeeperServer server;

  TestZooKeeper() {
    System.setProperty("zookeeper.admin.enableServer", "false");
    try {
      Path target = Files.createDirectories(Path.of("target"));
      data = Files.createTempDirectory(target, "zookeeper").toFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  String connect() {
    return "127.0.0.1:" + port;
  }

  void start() {
    try {
      server = new ZooKeeperServer(new FileTxnSnapLog(data, data), TICK_MILLIS, "");
      connections = ServerCnxnFactory.createFactory(new InetSocketAddress("127.0.0.1", port), 100);
      connections.startup(server);
      port = connections.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void stop() {
    connections.shutdown();
  }

  /** Ends a session as if it had expired. */
  void expire(long sessionId) {
    server.closeSession(sessionId);
  }

  @Override
  public void close() {
    stop();
  }
}
