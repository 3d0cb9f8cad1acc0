package io.porpoise.node;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.porpoise.bus.Bus;
import io.porpoise.bus.vertx.VertxBus;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.Role;
import io.porpoise.cluster.zookeeper.ZooKeeperCluster;
import io.porpoise.cluster.zookeeper.ZooKeeperOptions;
import io.porpoise.node.config.Config;
import io.porpoise.store.sql.SqlStores;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.core.Verticle;
import io.vertx.core.VertxOptions;
import io.vertx.rxjava3.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the members of one process share: one clustered Vert.x with its bus, the stores, health,
 * metrics, and the end. A process has one member or, standalone, one of each role.
 */
public final class NodeRuntime {
  private static final int WORKER_THREADS = 8;
  private static final int INTERNAL_THREADS = 4;

  private final Config config;
  private final DataDirectory data;
  private final Stop stop;
  private final ZooKeeperCluster cluster;
  private final Bus bus;
  private final Health health = new Health();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessLoad load;
  private final Instant startedAt = Instant.now();
  private final CompositeDisposable watching = new CompositeDisposable();
  private Single<SqlStores> stores;

  private NodeRuntime(Config config, DataDirectory data, Stop stop, ZooKeeperCluster cluster) {
    this.config = config;
    this.data = data;
    this.stop = stop;
    this.cluster = cluster;
    bus = new VertxBus(cluster.vertx(), config.cluster().secret().value());
    load = new ProcessLoad(cluster.vertx(), new SystemLoad(data.path()));
  }

  /** Joins the cluster with a process that does nothing yet. */
  static Single<NodeRuntime> start(String service, Config config, DataDirectory data, Stop stop) {
    return Single.defer(
        () -> {
          Required.check(config);
          ZooKeeperOptions zookeeper =
              new ZooKeeperOptions(
                  config.zookeeper().connect().orElseThrow(),
                  config.zookeeper().root(),
                  config.zookeeper().sessionTimeout(),
                  config.node().startTimeout());
          return ZooKeeperCluster.start(
                  zookeeper, vertxOptions(config), config.cluster().host(), config.cluster().port())
              .map(cluster -> new NodeRuntime(config, data, stop, cluster))
              .doOnSuccess(runtime -> runtime.begin(service));
        });
  }

  /** Of the program, as its manifest says. */
  public static String version() {
    return Optional.ofNullable(NodeRuntime.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  public Config config() {
    return config;
  }

  public DataDirectory data() {
    return data;
  }

  public Vertx vertx() {
    return cluster.vertx();
  }

  public Bus bus() {
    return bus;
  }

  public Health health() {
    return health;
  }

  public PrometheusMeterRegistry metrics() {
    return metrics;
  }

  /** The last measured load of the process. */
  public ProcessLoad load() {
    return load;
  }

  /** A registry for one more member of this process. */
  public Registry newRegistry() {
    return cluster.newRegistry();
  }

  /**
   * A new life of this process's node of that role.
   *
   * @param shards as {@link Member#shards}
   * @param workerGroups as {@link Member#workerGroups}
   */
  public Member begin(Role role, int shards, List<String> workerGroups) {
    return new Member(
        data.begin(role, config.node().id()),
        config.cluster().host(),
        cluster.busPort(),
        version(),
        startedAt,
        shards,
        workerGroups,
        "");
  }

  /** The stores, whose tables are of this version when it emits; the same ones at every call. */
  public synchronized Single<SqlStores> stores() {
    if (stores == null) {
      DatabaseStart start = new DatabaseStart(vertx(), config);
      stores = start.stores().doOnSuccess(this::opened).cache();
    }
    return stores;
  }

  /** Deploys, and undeploys when the process ends, before what was there earlier. */
  public Completable deploy(String name, Verticle verticle) {
    return deploy(name, verticle, config.node().stopTimeout());
  }

  /** The same, when stopping may take a time of its own. */
  public Completable deploy(String name, Verticle verticle, Duration stopTimeout) {
    return vertx()
        .rxDeployVerticle(verticle)
        .doOnSuccess(id -> stop.add(name, stopTimeout, vertx().rxUndeploy(id)))
        .ignoreElement();
  }

  private void begin(String service) {
    metrics.config().commonTags("service", service);
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(metrics);
    RegistryWatch registry = new RegistryWatch();
    watching.add(cluster.newRegistry().onState(registry));
    health.addReady("zookeeper", registry::problem);
    load.start();
    stop.add("cluster", cluster.close());
    stop.add(
        "measuring",
        Completable.fromAction(
            () -> {
              load.stop();
              watching.dispose();
              collections.close();
            }));
  }

  private void opened(SqlStores opened) {
    DatabaseWatch watch = new DatabaseWatch(vertx(), opened);
    watch.start();
    health.addReady("database", watch::problem);
    stop.add("database", Completable.fromAction(watch::stop).andThen(opened.close()));
  }

  private static VertxOptions vertxOptions(Config config) {
    long limitNanos = config.node().blockedLimit().toNanos();
    return new VertxOptions()
        .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
        .setWorkerPoolSize(WORKER_THREADS)
        .setInternalBlockingPoolSize(INTERNAL_THREADS)
        .setBlockedThreadCheckInterval(500)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
        .setMaxEventLoopExecuteTime(limitNanos)
        .setMaxEventLoopExecuteTimeUnit(TimeUnit.NANOSECONDS)
        .setWarningExceptionTime(limitNanos)
        .setWarningExceptionTimeUnit(TimeUnit.NANOSECONDS);
  }
}
