package io.porpoise.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.porpoise.api.ApiVerticle.Surroundings;
import io.porpoise.api.auth.LoginRoutes;
import io.porpoise.api.auth.Passwords;
import io.porpoise.api.auth.Sessions;
import io.porpoise.api.cluster.ClusterRoutes;
import io.porpoise.api.group.TaskGroupRoutes;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.RequestHandler;
import io.porpoise.api.http.Routes;
import io.porpoise.api.instance.GraphRoutes;
import io.porpoise.api.instance.InstanceIds;
import io.porpoise.api.instance.InstanceJson;
import io.porpoise.api.instance.InstanceLists;
import io.porpoise.api.instance.InstanceRoutes;
import io.porpoise.api.instance.Reasons;
import io.porpoise.api.instance.StartRoutes;
import io.porpoise.api.instance.TaskRoutes;
import io.porpoise.api.log.LogRoutes;
import io.porpoise.api.log.LogSource;
import io.porpoise.api.overview.OverviewReader;
import io.porpoise.api.overview.OverviewRoutes;
import io.porpoise.api.project.ProjectRoutes;
import io.porpoise.api.stream.InstanceFeed;
import io.porpoise.api.stream.StreamRoutes;
import io.porpoise.api.stream.Topics;
import io.porpoise.api.stream.Watches;
import io.porpoise.api.system.RequestMetrics;
import io.porpoise.api.system.SystemRoutes;
import io.porpoise.api.ui.UiRoutes;
import io.porpoise.api.workflow.Documents;
import io.porpoise.api.workflow.LayoutRoutes;
import io.porpoise.api.workflow.Saves;
import io.porpoise.api.workflow.VersionRoutes;
import io.porpoise.api.workflow.WorkflowListRoutes;
import io.porpoise.api.workflow.WorkflowRoutes;
import io.porpoise.bus.Addresses;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.node.config.ApiConfig;
import io.porpoise.owner.Looks;
import io.porpoise.owner.SlotOwners;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One API node: its features, wired, and the server before them. */
public final class ApiNode {
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Member self;
  private final ApiConfig config;
  private final ApiPorts ports;
  private final Surroundings surroundings;
  private final CompositeDisposable work = new CompositeDisposable();

  private final SlotOwners owners;
  private final ClusterRoutes cluster;
  private final InstanceIds ids;
  private final Looks looks;
  private final Watches watches;
  private final StreamRoutes streams;
  private final RequestHandler requests;
  private final UiRoutes pages;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private HttpServer server;
  private volatile boolean isStopping;
  private Member joined;

  ApiNode(
      Vertx vertx,
      Member self,
      ApiConfig config,
      ApiPorts ports,
      Surroundings surroundings,
      ApiFiles files) {
    this.vertx = vertx;
    this.self = self;
    this.config = config;
    this.ports = ports;
    this.surroundings = surroundings;
    Sessions sessions = new Sessions(ports.users(), ports.clock(), config.url());
    owners = new SlotOwners(ports.slots(), ports.registry(), ports.bus(), ports.clock());
    cluster = new ClusterRoutes(ports.registry(), owners, ports.clock());
    ids = new InstanceIds(ports.ids());
    looks = new Looks(ports.bus(), owners, ports.clock());
    Reasons reasons = new Reasons(ports.bus(), owners, config.ownerTimeout());
    InstanceJson json = new InstanceJson(reasons);
    InstanceLists lists = new InstanceLists(ports.queries(), reasons, json);
    InstanceFeed feed = new InstanceFeed(ports.bus(), self.id(), lists, ports.clock());
    OverviewReader overview = new OverviewReader(ports.overviews(), lists, ports.clock());
    LogSource logs = new LogSource(ports.bus(), ports.registry(), config.requestTimeout());
    watches =
        new Watches(ports.bus(), owners, ports.queries(), reasons, self.id(), ports.clock(), feed);
    streams =
        new StreamRoutes(
            sessions,
            watches,
            json,
            logs,
            ports.queries(),
            new Topics.Wholes(feed, lists, overview::read, cluster::picture, ports.clock()),
            ports.clock(),
            config);
    requests =
        new RequestHandler(
            sessions,
            ports.clock(),
            config.bodyLimit().bytes(),
            () -> surroundings.health().isReady("database"),
            new RequestMetrics(surroundings.metrics()));

    endpoints.addAll(
        new SystemRoutes(surroundings.health(), surroundings.metrics(), files.openApi())
            .endpoints());
    pages = new UiRoutes(files.ui(), self.version());
    endpoints.addAll(pages.endpoints());
    endpoints.addAll(
        new LoginRoutes(
                ports.users(),
                new Passwords(vertx),
                sessions,
                ports.clock(),
                config.tokenLifetime())
            .endpoints());
    endpoints.addAll(new ProjectRoutes(ports.projects(), ports.clock()).endpoints());
    endpoints.addAll(files.taskTypes().endpoints());
    endpoints.addAll(new TaskGroupRoutes(ports.groups()).endpoints());
    Documents documents = Documents.on(vertx);
    addWorkflows(documents);
    endpoints.addAll(
        new StartRoutes(
                ports.workflows(),
                ports.intake(),
                ids,
                looks,
                documents,
                ports.clock(),
                id -> feed.touched(List.of(id), false))
            .endpoints());
    endpoints.addAll(
        new InstanceRoutes(ports.queries(), ports.intake(), looks, reasons, json, lists, documents)
            .endpoints());
    endpoints.addAll(
        new GraphRoutes(ports.queries(), ports.workflows(), ports.catalog(), documents)
            .endpoints());
    endpoints.addAll(new OverviewRoutes(overview).endpoints());
    endpoints.addAll(
        new TaskRoutes(ports.queries(), ports.intake(), looks, reasons, json).endpoints());
    endpoints.addAll(new LogRoutes(ports.queries(), logs, ports.clock()).endpoints());
    endpoints.addAll(cluster.endpoints());
    endpoints.addAll(streams.endpoints());
  }

  private void addWorkflows(Documents documents) {
    Saves saves = new Saves(ports.workflows(), ports.groups(), documents, ports.clock());
    endpoints.addAll(
        new WorkflowRoutes(ports.projects(), ports.workflows(), documents, saves, ports.clock())
            .endpoints());
    endpoints.addAll(new WorkflowListRoutes(ports.projects(), ports.catalog()).endpoints());
    endpoints.addAll(new VersionRoutes(ports.workflows(), ports.catalog(), saves).endpoints());
    endpoints.addAll(
        new LayoutRoutes(ports.workflows(), ports.catalog(), ports.clock()).endpoints());
  }

  /** All that is served. */
  List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  Completable start() {
    measure(surroundings.metrics());
    surroundings
        .health()
        .addReady(
            "api", () -> isStopping ? Optional.of("this node is stopping") : Optional.empty());
    return owners
        .start()
        .andThen(cluster.start(ports.bus()))
        .andThen(watches.start())
        .andThen(Completable.defer(this::listen))
        .andThen(Completable.defer(this::join))
        .doOnComplete(
            () -> {
              ids.start();
              beat();
            });
  }

  private Completable listen() {
    server =
        vertx
            .createHttpServer(HttpLimits.options(config))
            .requestHandler(Routes.router(vertx, endpoints, pages.elsewhere(), requests))
            .invalidRequestHandler(
                request -> requests.refuseInvalid(request, HttpLimits.exceeded()));
    return server.rxListen().ignoreElement();
  }

  private Completable join() {
    String host = config.host().equals("0.0.0.0") ? self.host() : config.host();
    String url = self.url().isEmpty() ? "http://" + host + ":" + port() : self.url();
    joined =
        new Member(
            self.id(),
            self.host(),
            self.busPort(),
            self.version(),
            self.startedAt(),
            self.shards(),
            self.workerGroups(),
            config.url().orElse(url));
    return ports.registry().join(joined);
  }

  private void beat() {
    ports.bus().publish(Addresses.HEARTBEAT, new Heartbeat(self.id(), surroundings.load().get()));
    ports.clock().schedule(HEARTBEAT, this::beat, work);
  }

  private void measure(PrometheusMeterRegistry metrics) {
    Gauge.builder("porpoise.api.sockets", streams, StreamRoutes::size).register(metrics);
    Gauge.builder("porpoise.api.watched.instances", watches, Watches::size).register(metrics);
  }

  int port() {
    return server.actualPort();
  }

  /**
   * Is not ready any more and leaves the cluster, so that nobody is sent here; tells WebSockets to
   * connect elsewhere, takes no new connections, and finishes the requests that it has.
   */
  Completable stop() {
    isStopping = true;
    return ports
        .registry()
        .leave()
        .onErrorComplete(error -> error instanceof Exception)
        .andThen(Completable.defer(this::drain))
        .doFinally(this::close);
  }

  private Completable drain() {
    streams.stop();
    return server == null
        ? Completable.complete()
        : server.rxShutdown(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void close() {
    work.dispose();
    watches.stop();
    cluster.stop();
    looks.stop();
    owners.stop();
    ids.stop();
    requests.stop();
  }
}
