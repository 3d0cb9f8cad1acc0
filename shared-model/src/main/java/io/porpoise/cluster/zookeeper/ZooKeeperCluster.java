package io.porpoise.cluster.zookeeper;

import io.porpoise.cluster.Registry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.rxjava3.core.Vertx;
import java.util.concurrent.TimeUnit;

/** This process as a part of the cluster: a clustered Vert.x and registries on one session. */
public final class ZooKeeperCluster {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int PING_MILLIS = 5_000;

  private final Vertx vertx;
  private final Connection connection;
  private final Ephemerals ephemerals;
  private final MemberDirectory directory;
  private final int busPort;

  private ZooKeeperCluster(
      Vertx vertx,
      int busPort,
      Connection connection,
      Ephemerals ephemerals,
      MemberDirectory directory) {
    this.vertx = vertx;
    this.busPort = busPort;
    this.connection = connection;
    this.ephemerals = ephemerals;
    this.directory = directory;
  }

  /**
   * Connects, starts a clustered Vert.x, and reads who is there. Fails with {@link
   * ZooKeeperUnreachable} after the start time-out; nothing is left running then.
   *
   * @param vertxOptions its event-bus options are completed by this method
   * @param host where the event bus of this node listens, and where the others reach it
   * @param port 0 for any
   */
  public static Single<ZooKeeperCluster> start(
      ZooKeeperOptions options, VertxOptions vertxOptions, String host, int port) {
    return Single.defer(
        () -> {
          complete(vertxOptions.getEventBusOptions(), host, port);
          Connection connection = new Connection(options);
          return connection
              .start()
              .andThen(Single.defer(() -> join(connection, vertxOptions)))
              .onErrorResumeNext(e -> connection.close().andThen(Single.error(e)));
        });
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Where the event bus of this process listens, also when any free port was asked for. */
  public int busPort() {
    return busPort;
  }

  Connection connection() {
    return connection;
  }

  /** A registry for one more member of this process. */
  public Registry newRegistry() {
    return new ZooKeeperRegistry(vertx, connection, ephemerals, directory);
  }

  /**
   * Closes Vert.x with all that is deployed, and ends the session whether that succeeded or not.
   */
  public Completable close() {
    return Completable.concatArrayDelayError(vertx.rxClose(), connection.close());
  }

  private static Single<ZooKeeperCluster> join(Connection connection, VertxOptions vertxOptions) {
    Ephemerals ephemerals = new Ephemerals(connection);
    MemberDirectory directory = new MemberDirectory(connection);
    HealingClusterManager manager = new HealingClusterManager(connection, ephemerals);
    return directory
        .start()
        .andThen(Vertx.builder().with(vertxOptions).withClusterManager(manager).rxBuildClustered())
        .map(
            vertx ->
                new ZooKeeperCluster(
                    vertx, manager.getNodeInfo().port(), connection, ephemerals, directory))
        .timeout(
            connection.options().startTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            connection.scheduler(),
            Single.error(
                () ->
                    new ZooKeeperUnreachable(
                        "Joining the cluster at ZooKeeper "
                            + connection.options().connect()
                            + " took too long")));
  }

  /**
   * The defaults of Vert.x (60 s to connect, 40 s to notice a dead peer) would let requests to a
   * peer that is back after a cut wait in a connection that is not.
   */
  private static void complete(EventBusOptions options, String host, int port) {
    options
        .setHost(host)
        .setPort(port)
        .setConnectTimeout(CONNECT_MILLIS)
        .setClusterPingInterval(PING_MILLIS)
        .setClusterPingReplyInterval(PING_MILLIS);
  }
}
