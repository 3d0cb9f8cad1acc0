package io.porpoise.cluster.zookeeper;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/** A real ZooKeeper server in this process, which can go away and come back with its data. */
final class TestZooKeeper implements AutoCloseable {
  private static final int TICK_MILLIS = 250;

  private File data;
  private int port;
  private ServerCnxnFactory connections;
  private ZooKeeperServer server;

  TestZooKeeper() {
    System.setProperty("zookeeper.admin.enableServer", "false");
    data = newDirectory();
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

  /** The next start finds no data. */
  void forget() {
    data = newDirectory();
  }

  /** All ephemeral entries of sessions that live. */
  Set<String> ephemerals() {
    return server.getZKDatabase().getEphemerals().values().stream()
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  long sessionsWithEntries() {
    return server.getZKDatabase().getEphemerals().values().stream()
        .filter(entries -> !entries.isEmpty())
        .count();
  }

  private static File newDirectory() {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      return Files.createTempDirectory(target, "zookeeper").toFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
