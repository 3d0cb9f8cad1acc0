package io.porpoise.cluster.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.Message;
import io.porpoise.bus.vertx.VertxBus;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.core.VertxOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.spi.cluster.zookeeper.ZookeeperClusterManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.CreateMode;

/** A Vert.x application of somebody else, with the cluster manager as it comes. */
final class StockNode implements AutoCloseable {
  private final CompositeDisposable waiting = new CompositeDisposable();
  private final Vertx vertx;
  private final CuratorFramework curator;

  StockNode(String connect, String root) {
    curator =
        CuratorFrameworkFactory.builder()
            .connectString(connect)
            .namespace(root)
            .retryPolicy(new RetryOneTime(100))
            .build();
    curator.start();
    VertxOptions options = new VertxOptions();
    options.getEventBusOptions().setHost("127.0.0.1");
    CompletableFuture<Vertx> started = new CompletableFuture<>();
    waiting.add(
        Vertx.builder()
            .with(options)
            .withClusterManager(new ZookeeperClusterManager(curator))
            .rxBuildClustered()
            .subscribe(started::complete, started::completeExceptionally));
    vertx = TestCluster.get(started);
  }

  Vertx vertx() {
    return vertx;
  }

  /** An entry of this node's session. */
  void create(String path) {
    try {
      curator.create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Takes an entry over. */
  void replace(String path) {
    try {
      curator.delete().forPath(path);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    create(path);
  }

  boolean isAnswered(VertxBus bus, String address, Message question) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    waiting.add(
        bus.request(address, question, Duration.ofSeconds(1))
            .map(question::equals)
            .onErrorReturnItem(false)
            .subscribe(result::complete, result::completeExceptionally));
    return TestCluster.get(result);
  }

  @Override
  public void close() {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    waiting.add(
        vertx
            .rxClose()
            .toSingleDefault(true)
            .subscribe(closed::complete, closed::completeExceptionally));
    assertThat(TestCluster.get(closed)).isTrue();
  }
}
