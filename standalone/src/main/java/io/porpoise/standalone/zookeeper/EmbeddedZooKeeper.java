package io.porpoise.standalone.zookeeper;

import io.porpoise.node.StartFailure;
import io.porpoise.standalone.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ZooKeeper server on loopback.
 *
 * <p>It says who is there and nothing that must last: state that a crash or a full disk has damaged
 * is put aside, and the server begins anew.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedZooKeeper.class);
  private static final int TICK_MILLIS = 1_000;
  private static final int SNAPSHOTS_KEPT = 3;
  private static final int PURGE_HOURS = 1;
  private static final int CONNECTIONS_MAX = 1_000;

  private final ServerCnxnFactory connections;
  private final DatadirCleanupManager cleanup;
  private final FileTxnSnapLog log;

  private EmbeddedZooKeeper(
      ServerCnxnFactory connections, DatadirCleanupManager cleanup, FileTxnSnapLog log) {
    this.connections = connections;
    this.cleanup = cleanup;
    this.log = log;
  }

  /**
   * Starts the server; returns when it serves.
   *
   * @param directory its own
   * @param port 0: one that stays the same from start to start
   * @param sessionTimeoutMax the longest that clients may ask for
   */
  public static EmbeddedZooKeeper start(Path directory, int port, Duration sessionTimeoutMax) {
    settings();
    try {
      Files.createDirectories(directory);
      int free = Ports.choose("standalone.zookeeper_port", port, directory.resolve("port"));
      try {
        return serve(directory, free, sessionTimeoutMax);
      } catch (IOException e) {
        putAside(directory, e);
        return serve(directory, free, sessionTimeoutMax);
      }
    } catch (IOException e) {
      throw new StartFailure(
          "the embedded ZooKeeper cannot start in " + directory + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted while starting ZooKeeper", e);
    }
  }

  /** What clients connect to. */
  public String connect() {
    return "127.0.0.1:" + connections.getLocalPort();
  }

  @Override
  public void close() {
    cleanup.shutdown();
    connections.shutdown();
    try {
      log.close();
    } catch (IOException e) {
      LOG.warn("closing the log of ZooKeeper failed", e);
    }
  }

  private static EmbeddedZooKeeper serve(Path directory, int port, Duration sessionTimeoutMax)
      throws IOException, InterruptedException {
    Path state = Files.createDirectories(directory.resolve("state"));
    FileTxnSnapLog log = new FileTxnSnapLog(state.toFile(), state.toFile());
    ZooKeeperServer server = new ZooKeeperServer(log, TICK_MILLIS, "");
    server.setMinSessionTimeout(2 * TICK_MILLIS);
    server.setMaxSessionTimeout((int) Math.max(20L * TICK_MILLIS, sessionTimeoutMax.toMillis()));
    NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTIONS_MAX);
    try {
      connections.startup(server);
    } catch (IOException | RuntimeException e) {
      connections.shutdown();
      log.close();
      throw e instanceof IOException io ? io : new IOException(e);
    }
    DatadirCleanupManager cleanup =
        new DatadirCleanupManager(state.toFile(), state.toFile(), SNAPSHOTS_KEPT, PURGE_HOURS);
    cleanup.start();
    return new EmbeddedZooKeeper(connections, cleanup, log);
  }

  private static void putAside(Path directory, IOException cause) throws IOException {
    Path state = directory.resolve("state");
    Path aside = directory.resolve("damaged-" + Instant.now().getEpochSecond());
    LOG.warn("the state of ZooKeeper cannot be read, it is now in {}", aside, cause);
    Files.move(state, aside);
  }

  /** ZooKeeper takes these as system properties only. */
  private static void settings() {
    System.setProperty("zookeeper.admin.enableServer", "false");
    System.setProperty("zookeeper.nio.numSelectorThreads", "1");
    System.setProperty("zookeeper.nio.numWorkerThreads", "1");
    System.setProperty("zookeeper.preAllocSize", "1024"); // KiB of log at a time, not 64 MiB
    System.setProperty("zookeeper.snapCount", "20000");
  }
}
