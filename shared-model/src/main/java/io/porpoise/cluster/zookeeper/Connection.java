package io.porpoise.cluster.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryForever;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The one connection of this process to ZooKeeper, with the one thread on which this package works.
 * Curator keeps it up and says when a session has ended; see the package for what that means.
 */
final class Connection {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /**
   * What entries stand under. These last, because Curator's TreeCache, in the stock cluster
   * manager, goes blind when its root is missing while a session begins, and was missing before.
   */
  private static final List<String> PARENTS =
      List.of("/members", "/touch", "/cluster/nodes", "/__vertx.subs");

  private static final int RETRY_MILLIS = 250;
  private static final int CONNECT_MILLIS = 3_000;

  private final ZooKeeperOptions options;
  private final CuratorFramework curator;

  /** No daemon: before Vert.x has started, nothing else keeps the process alive. */
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "zookeeper"));

  private final Scheduler scheduler = Schedulers.from(thread);
  private final CompletableSubject connected = CompletableSubject.create();
  private final List<Consumer<ConnectionState>> listeners = new CopyOnWriteArrayList<>();
  private final CompositeDisposable preparing = new CompositeDisposable();
  private volatile Session session;
  private boolean renounced;

  Connection(ZooKeeperOptions options) {
    this.options = options;
    curator =
        CuratorFrameworkFactory.builder()
            .connectString(options.connect())
            .namespace(options.root())
            .sessionTimeoutMs((int) options.session().toMillis())
            .connectionTimeoutMs(CONNECT_MILLIS)
            // For the caches of Curator: what they ask for must be answered some day.
            .retryPolicy(new RetryForever(RETRY_MILLIS))
            .build();
    curator.getConnectionStateListenable().addListener((c, state) -> changed(state), thread);
  }

  /** Completes at the first connection. */
  Completable start() {
    return Completable.fromAction(curator::start)
        .subscribeOn(scheduler)
        .andThen(connected)
        .timeout(
            options.startTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            scheduler,
            Completable.error(() -> new ZooKeeperUnreachable(notReached())));
  }

  /** From now on this process holds nothing any more; the cluster manager then ends the session. */
  Completable renounce() {
    return Completable.fromAction(
            () -> {
              renounced = true;
              session = null;
              listeners.forEach(listener -> listener.accept(ConnectionState.LOST));
            })
        .subscribeOn(scheduler);
  }

  /** Ends the session, so that the others see all entries go at once. */
  Completable close() {
    return renounce()
        .andThen(Completable.fromAction(curator::close).subscribeOn(Schedulers.io()))
        .doFinally(thread::shutdown);
  }

  ZooKeeperOptions options() {
    return options;
  }

  CuratorFramework curator() {
    return curator;
  }

  /** The thread {@code zookeeper}. */
  Scheduler scheduler() {
    return scheduler;
  }

  /** The present session, or null while there is no connection. */
  Session session() {
    return session;
  }

  /** Called on the thread {@code zookeeper}, in the order in which they were added. */
  void onChange(Consumer<ConnectionState> listener) {
    listeners.add(listener);
  }

  private void changed(ConnectionState state) {
    if (renounced) {
      return;
    }
    preparing.clear();
    Session newSession = state.isConnected() ? presentSession() : null;
    if (newSession == null) {
      tell(state.isConnected() ? ConnectionState.SUSPENDED : state, null);
      return;
    }
    Flowable.fromIterable(PARENTS)
        .concatMapCompletable(newSession::makeLasting)
        .observeOn(scheduler)
        .subscribe(
            () -> tell(state, newSession),
            e ->
                log.atLevel(Session.isConnectionTrouble(e) ? Level.DEBUG : Level.ERROR)
                    .log("ZooKeeper answers, but refuses what is needed: {}", e.getMessage()),
            preparing);
  }

  private void tell(ConnectionState state, Session newSession) {
    boolean wasConnected = session != null;
    session = newSession;
    log.atLevel(wasConnected == state.isConnected() ? Level.DEBUG : level(state))
        .addKeyValue("connect", options.connect())
        .log("ZooKeeper connection: {}", state);
    listeners.forEach(listener -> listener.accept(state));
    if (newSession != null) {
      connected.onComplete();
    }
  }

  private Session presentSession() {
    try {
      return new Session(curator.getZookeeperClient().getZooKeeper(), options.root());
    } catch (
        Exception e) { // Curator declares no less; it has lost the connection again and will say so
      log.atDebug().setCause(e).log("The connection was gone again");
      return null;
    }
  }

  private String notReached() {
    return "ZooKeeper at "
        + options.connect()
        + " did not answer within "
        + options.startTimeout().toSeconds()
        + " s: is it running there? (zookeeper.connect)";
  }

  private static Level level(ConnectionState state) {
    return state.isConnected() ? Level.INFO : Level.WARN;
  }
}
