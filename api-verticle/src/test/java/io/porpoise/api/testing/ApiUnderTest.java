package io.porpoise.api.testing;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.porpoise.api.ApiPorts;
import io.porpoise.api.ApiVerticle;
import io.porpoise.api.http.Endpoint;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.node.Health;
import io.porpoise.node.config.ApiConfig;
import io.porpoise.node.config.Config;
import io.porpoise.store.Users;
import io.porpoise.time.Clock;
import io.porpoise.time.VertxClock;
import io.reactivex.rxjava3.core.Scheduler;
import io.vertx.core.json.JsonObject;
import io.vertx.rxjava3.core.Context;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/**
 * A running API node with a project, a user whose token is {@link #TOKEN}, and one living master
 * that owns all slots.
 */
public final class ApiUnderTest implements AutoCloseable {
  public static final String TOKEN = "token-of-ada";
  private static final Instant BORN = Instant.parse("2026-11-20T02:00:00Z");

  public final MemoryStores stores = new MemoryStores();
  public final LocalBus bus = new LocalBus();
  public final LocalRegistry registry = new LocalRegistry();
  public final Health health = new Health();
  public final Vertx vertx = Vertx.vertx();
  public final Member master = member(Role.MASTER, "m1", 1);
  public final FakeMaster fakeMaster = new FakeMaster(bus, master, stores);
  public final HttpTester http;
  private final ApiVerticle verticle;
  private final String deployment;
  private volatile Scheduler loop;

  public ApiUnderTest() {
    this(Config.defaults().api());
  }

  public ApiUnderTest(ApiConfig config) {
    seed();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Heartbeat.Load load = new Heartbeat.Load(0.1, 0.2, 0.3, 1_000, 0, 0, 0, 0, null, List.of());
    verticle =
        new ApiVerticle(
            member(Role.API, "a1", 1),
            onFreePort(config),
            this::ports,
            new ApiVerticle.Surroundings(metrics, health, () -> load));
    deployment = vertx.deployVerticle(verticle).blockingGet();
    http = new HttpTester(verticle.port(), TOKEN);
    awaitOwners();
  }

  /** Until then the node takes all slots for orphans. */
  private void awaitOwners() {
    JsonObject slots;
    do {
      slots = http.get("/api/v1/cluster").send().ok(200).json().getJsonObject("slots");
    } while (!slots.getInteger("owned").equals(slots.getInteger("total")));
  }

  private ApiPorts ports(Context context) {
    loop = RxHelper.scheduler(context);
    bus.runOn(loop);
    registry.runOn(loop);
    Clock clock = new VertxClock(context);
    return new ApiPorts(
        clock,
        bus,
        registry,
        stores.users(),
        stores.projects(),
        stores.workflows(),
        stores.intake(),
        stores.queries(),
        stores.ids(),
        stores.slots(),
        stores.groups(),
        stores.catalog(),
        stores.overviews());
  }

  private void seed() {
    Users.User ada = new Users.User(7, "ada", "$none", true);
    stores.users.put("ada", ada);
    stores.tokens.put(sha256(TOKEN), ada);
    stores.projects().create("tutorial", "", "ada", BORN).ignoreElement().blockingAwait();
    registry.add(master);
    stores.own(master);
    fakeMaster.serve();
  }

  /** The node's event loop. */
  public Scheduler loop() {
    return loop;
  }

  /** Runs on the node's event loop and waits for it. */
  public void onLoop(Runnable work) {
    CountDownLatch done = new CountDownLatch(1);
    loop.scheduleDirect(
        () -> {
          work.run();
          done.countDown();
        });
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins to stop the node, as a SIGTERM does; completes when it has stopped. */
  public CompletionStage<Void> stop() {
    return vertx.undeploy(deployment).toCompletionStage(null);
  }

  public List<Endpoint> endpoints() {
    return verticle.endpoints();
  }

  public int port() {
    return verticle.port();
  }

  /** A worker that serves logs. */
  public FakeWorker worker(String node) {
    Member member = member(Role.WORKER, node, 1);
    FakeWorker worker = new FakeWorker(member);
    bus.serve(io.porpoise.bus.Addresses.logs(member.id()), worker).blockingAwait();
    registry.add(member);
    return worker;
  }

  public static Member member(Role role, String node, long incarnation) {
    return new Member(
        new MemberId(role, new NodeId(node), incarnation),
        "127.0.0.1",
        7000,
        "0.1.0",
        BORN,
        role == Role.MASTER ? 2 : 0,
        role == Role.WORKER ? List.of("default") : List.of(),
        "");
  }

  private static ApiConfig onFreePort(ApiConfig c) {
    return new ApiConfig(
        c.host(),
        0,
        Optional.empty(),
        c.bodyLimit(),
        c.tokenLifetime(),
        c.requestTimeout(),
        c.ownerTimeout(),
        c.websocketConnections(),
        c.websocketSubscriptions(),
        c.websocketFrame(),
        c.logCredit());
  }

  private static String sha256(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Saves a workflow file and returns the answer. */
  public JsonObject save(String name, String yaml) {
    return http.put("/api/v1/projects/tutorial/workflows/" + name)
        .body("application/yaml", yaml)
        .send()
        .json();
  }

  @Override
  public void close() {
    vertx.close().blockingAwait();
  }
}
