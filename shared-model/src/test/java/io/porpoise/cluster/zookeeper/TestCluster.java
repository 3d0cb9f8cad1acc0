package io.porpoise.cluster.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.vertx.VertxBus;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.contract.Stage;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.core.VertxOptions;
import io.vertx.rxjava3.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Some real nodes around a real ZooKeeper, all in this process. */
public final class TestCluster implements Stage, AutoCloseable {
  static final String ROOT = "porpoise/test";
  static final String SECRET = "the secret of the tests";

  private static final long PATIENCE_SECONDS = 30;

  private final TestZooKeeper zooKeeper = new TestZooKeeper();
  private final Duration session;
  private final CompositeDisposable waiting = new CompositeDisposable();
  private final List<Node> nodes = new ArrayList<>();

  private TestCluster(Duration session) {
    this.session = session;
  }

  /** Starts so many nodes. */
  public static TestCluster of(int nodes, Duration session) {
    TestCluster cluster = new TestCluster(session);
    for (int i = 0; i < nodes; i++) {
      assertThat(cluster.addNode()).isEqualTo(i);
    }
    return cluster;
  }

  int addNode() {
    return addNode(SECRET);
  }

  /** A node whose bus knows another secret, if it is not that of the others. */
  public int addNode(String secret) {
    ZooKeeperOptions options =
        new ZooKeeperOptions(
            zooKeeper.connect(), ROOT, session, Duration.ofSeconds(PATIENCE_SECONDS));
    VertxOptions vertxOptions =
        new VertxOptions().setEventLoopPoolSize(1).setInternalBlockingPoolSize(2);
    ZooKeeperCluster cluster = get(ZooKeeperCluster.start(options, vertxOptions, "127.0.0.1", 0));
    Context context = cluster.vertx().getOrCreateContext();
    CompletableFuture<Thread> loop = new CompletableFuture<>();
    context.runOnContext(v -> loop.complete(Thread.currentThread()));
    VertxBus bus = new VertxBus(cluster.vertx(), secret);
    nodes.add(new Node(cluster, cluster.newRegistry(), bus, context, get(loop)));
    return nodes.size() - 1;
  }

  public String connect() {
    return zooKeeper.connect();
  }

  TestZooKeeper zooKeeper() {
    return zooKeeper;
  }

  Registry registry(int node) {
    return nodes.get(node).registry;
  }

  /** In the place of the one that the node had. */
  void renewRegistry(int node) {
    Node old = nodes.get(node);
    nodes.set(
        node, new Node(old.cluster, old.cluster.newRegistry(), old.bus, old.context, old.loop));
  }

  public VertxBus bus(int node) {
    return nodes.get(node).bus;
  }

  public ZooKeeperCluster cluster(int node) {
    return nodes.get(node).cluster;
  }

  void expireSession(int node) {
    zooKeeper.expire(nodes.get(node).cluster.connection().session().id());
  }

  void closeNode(int node) {
    assertThat(get(nodes.get(node).cluster.close().toSingleDefault(true))).isTrue();
  }

  @Override
  public <T> T call(int node, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    nodes
        .get(node)
        .context
        .runOnContext(
            v -> {
              try {
                result.complete(work.get());
              } catch (RuntimeException | AssertionError e) {
                result.completeExceptionally(e);
              }
            });
    return get(result);
  }

  @Override
  public <T> T await(int node, Supplier<Single<T>> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    run(
        node,
        () -> waiting.add(work.get().subscribe(result::complete, result::completeExceptionally)));
    return get(result);
  }

  /** Starts it and does not wait. */
  <T> CompletableFuture<T> begin(int node, Supplier<Single<T>> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    run(
        node,
        () -> waiting.add(work.get().subscribe(result::complete, result::completeExceptionally)));
    return result;
  }

  @Override
  public void until(String what, BooleanSupplier condition) {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(giveUp);
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public boolean isOnLoop(int node) {
    return Thread.currentThread() == nodes.get(node).loop;
  }

  @Override
  public void close() {
    for (Node node : nodes) {
      assertThat(get(node.cluster.close().toSingleDefault(true))).isTrue();
    }
    zooKeeper.close();
  }

  private <T> T get(Single<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    waiting.add(work.subscribe(result::complete, result::completeExceptionally));
    return get(result);
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("nothing came", e);
    }
  }

  private record Node(
      ZooKeeperCluster cluster, Registry registry, VertxBus bus, Context context, Thread loop) {}
}
