package io.porpoise.cluster.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.bus.Bus;
import io.porpoise.bus.BusException;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.SlotsMoved;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.bus.vertx.VertxBus;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.core.Maybe;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Members, consumers and listeners come back in place, whatever ZooKeeper does. */
class HealingTest {
  private static final Duration SESSION = Duration.ofSeconds(2);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Message QUESTION = new WatchAnswer(true, false);
  private static final Member MASTER = member(Role.MASTER, "m1");
  private static final Member WORKER = member(Role.WORKER, "w1");

  private final TestCluster cluster = TestCluster.of(2, SESSION);
  private final List<RegistryState> states = new CopyOnWriteArrayList<>();
  private volatile RegistryState present;
  private final List<Message> published = new CopyOnWriteArrayList<>();

  @BeforeEach
  void two_members_that_serve_and_listen() {
    cluster.complete(0, () -> cluster.registry(0).join(MASTER));
    cluster.complete(1, () -> cluster.registry(1).join(WORKER));
    cluster.run(
        0, () -> assertThat(cluster.registry(0).onState(this::hear).isDisposed()).isFalse());
    serve(0, "master");
    serve(1, "worker");
    cluster.complete(1, () -> cluster.bus(1).listen("news", published::add));
    cluster.complete(0, () -> cluster.bus(0).listen("news", message -> {}));
    untilAllIsWell();
    states.clear();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void after_a_server_was_away_until_the_sessions_were_lost_all_comes_back() {
    cluster.zooKeeper().stop();
    untilHeard(RegistryState.LOST);
    assertThat(isAnswered(0, "worker")).as("who was known is still asked").isTrue();
    cluster.zooKeeper().start();

    untilHeard(RegistryState.CONNECTED);
    untilAllIsWell();
    untilOnlyLiveEntriesStand();
  }

  @Test
  void what_is_served_and_closed_while_the_server_is_away_is_so_afterwards() {
    serve(1, "closed during the outage");
    cluster.until("known", () -> isAnswered(0, "closed during the outage"));
    cluster.zooKeeper().stop();
    untilHeard(RegistryState.SUSPENDED);

    CompletableFuture<Boolean> early = beginServing(1, "served while suspended");
    untilHeard(RegistryState.LOST);
    CompletableFuture<Boolean> late = beginServing(1, "served while lost");
    cluster.complete(1, () -> cluster.bus(1).close("closed during the outage"));
    assertThat(early).isNotDone();
    assertThat(late).isNotDone();
    cluster.zooKeeper().start();

    assertThat(TestCluster.get(early)).isTrue();
    assertThat(TestCluster.get(late)).isTrue();
    cluster.until(
        "new ones are known",
        () -> isAnswered(0, "served while suspended") && isAnswered(0, "served while lost"));
    cluster.until("the old one is not", () -> isUnserved(0, "closed during the outage"));
    untilAllIsWell();
    untilOnlyLiveEntriesStand();
  }

  @Test
  void a_registration_that_is_withdrawn_while_it_is_in_flight_does_not_stand() {
    cluster.zooKeeper().stop();
    untilHeard(RegistryState.SUSPENDED);
    CompletableFuture<Boolean> withdrawn = beginServing(1, "withdrawn");
    CompletableFuture<Boolean> first = beginServing(1, "changed twice");
    assertThat(List.of(withdrawn, first)).noneMatch(CompletableFuture::isDone);
    cluster.complete(1, () -> cluster.bus(1).close("withdrawn"));
    cluster.complete(1, () -> cluster.bus(1).close("changed twice"));
    CompletableFuture<Boolean> second = beginServing(1, "changed twice");
    assertThat(second).isNotDone();
    cluster.zooKeeper().start();

    assertThat(TestCluster.get(second)).isTrue();
    cluster.until("it answers", () -> isAnswered(0, "changed twice"));
    untilAllIsWell();
    cluster.until(
        "nothing else stands",
        () ->
            servedBy(cluster.zooKeeper())
                .equals(new TreeSet<>(List.of("master", "worker", "changed twice"))));
    assertThat(isUnserved(0, "withdrawn")).isTrue();
  }

  @Test
  void a_server_that_comes_back_without_its_data_gets_it_all_again() {
    cluster.zooKeeper().stop();
    cluster.zooKeeper().forget();
    cluster.zooKeeper().start();

    untilHeard(RegistryState.LOST);
    untilHeard(RegistryState.CONNECTED);
    untilAllIsWell();
    untilOnlyLiveEntriesStand();
  }

  @Test
  void an_expired_session_is_replaced_and_others_see_the_member_go_and_return() {
    List<List<Member>> seen = new CopyOnWriteArrayList<>();
    cluster.run(
        1, () -> assertThat(cluster.registry(1).onMembers(seen::add).isDisposed()).isFalse());

    cluster.expireSession(0);

    cluster.until("it is missed", () -> seen.contains(List.of(WORKER)));
    untilHeard(RegistryState.LOST);
    untilHeard(RegistryState.CONNECTED);
    untilAllIsWell();
    untilOnlyLiveEntriesStand();
  }

  @Test
  void the_first_consumer_of_a_cluster_is_seen_by_nodes_that_have_lost_a_session_before() {
    try (TestCluster quiet = TestCluster.of(2, SESSION)) {
      long sessionBefore = quiet.cluster(0).connection().session().id();
      quiet.expireSession(0);
      quiet.until(
          "a new session",
          () -> {
            Session session = quiet.cluster(0).connection().session();
            return session != null && session.id() != sessionBefore;
          });

      quiet.complete(1, () -> quiet.bus(1).serve("first", Maybe::just));

      quiet.until("it answers", () -> isAnswered(quiet, 0, "first"));
    }
  }

  @Test
  void a_node_that_joins_after_a_loss_reaches_all_even_with_the_stock_cluster_manager() {
    cluster.expireSession(0);
    cluster.expireSession(1);
    untilHeard(RegistryState.CONNECTED);
    untilAllIsWell();

    try (StockNode stock = new StockNode(cluster.zooKeeper().connect(), TestCluster.ROOT)) {
      VertxBus bus = new VertxBus(stock.vertx(), TestCluster.SECRET);
      cluster.until("it is answered", () -> stock.isAnswered(bus, "master", QUESTION));
      cluster.until("it is answered", () -> stock.isAnswered(bus, "worker", QUESTION));
    }
  }

  @Test
  void a_newcomer_that_takes_a_node_over_silences_the_old_life() {
    Member reborn =
        new Member(
            new MemberId(Role.WORKER, WORKER.id().node(), 2),
            "127.0.0.1",
            7000,
            "0.1.0",
            Instant.EPOCH,
            0,
            List.of("default"),
            "");
    int newcomer = cluster.addNode();
    cluster.complete(newcomer, () -> cluster.registry(newcomer).join(reborn));
    untilMembers(0, MASTER, reborn);

    cluster.expireSession(1);

    cluster.until(
        "its own old life is back in ZooKeeper",
        () ->
            cluster.zooKeeper().ephemerals().stream()
                .anyMatch(path -> path.endsWith("/members/worker-w1-1")));
    untilMembers(0, MASTER, reborn);
    untilMembers(1, MASTER, reborn);
  }

  @Test
  void a_session_that_has_left_its_entries_behind_does_not_make_touches_count() {
    cluster.zooKeeper().stop();
    untilHeard(RegistryState.LOST);
    cluster.zooKeeper().start();

    cluster.until("touches count again", () -> isTouched(0));
    assertThat(cluster.zooKeeper().ephemerals())
        .contains("/" + TestCluster.ROOT + "/members/master-m1-1");
  }

  @Test
  void an_unreachable_server_is_told_in_one_line() {
    ZooKeeperOptions nowhere =
        new ZooKeeperOptions("127.0.0.1:1", "porpoise", SESSION, Duration.ofSeconds(1));

    assertThatThrownBy(
            () ->
                cluster.await(
                    0, () -> ZooKeeperCluster.start(nowhere, new VertxOptions(), "127.0.0.1", 0)))
        .isInstanceOf(ZooKeeperUnreachable.class)
        .hasMessage(
            "ZooKeeper at 127.0.0.1:1 did not answer within 1 s: is it running there?"
                + " (zookeeper.connect)");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void after_any_mix_of_troubles_what_stands_is_what_is_wanted(long seed) {
    Random random = new Random(seed);
    TreeSet<String> wanted = new TreeSet<>(List.of("master", "worker"));
    List<CompletableFuture<Boolean>> serving = new ArrayList<>();
    boolean isUp = true;
    for (int step = 0; step < 40; step++) {
      String address = "address." + random.nextInt(6);
      switch (random.nextInt(6)) {
        case 0 -> isUp = toggle(isUp, random);
        case 1 -> {
          if (isUp && cluster.cluster(1).connection().session() != null) {
            cluster.expireSession(1);
          }
        }
        case 2, 3 -> {
          if (wanted.add(address)) {
            serving.add(beginServing(1, address));
          }
        }
        default -> {
          if (wanted.remove(address)) {
            cluster.complete(1, () -> cluster.bus(1).close(address));
          }
        }
      }
    }
    if (!isUp) {
      cluster.zooKeeper().start();
    }

    cluster.until("node 1 is back", () -> isTouched(1) && isTouched(0));
    untilAllIsWell();
    cluster.until(
        "exactly what is wanted stands, " + wanted,
        () -> servedBy(cluster.zooKeeper()).equals(wanted));
    untilOnlyLiveEntriesStand();
    wanted.forEach(address -> cluster.until(address, () -> isAnswered(0, address)));
    assertThat(isUnserved(0, "address.never")).isTrue();
  }

  /** {@code -Dseed=62} plays one again, {@code -Dseeds=100} plays so many. */
  static LongStream seeds() {
    Long one = Long.getLong("seed");
    return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, Long.getLong("seeds", 3));
  }

  /** Sometimes it is noticed, sometimes the sessions end, sometimes it is quicker than anybody. */
  private boolean toggle(boolean isUp, Random random) {
    int patience = random.nextInt(4);
    if (isUp) {
      cluster.until("up", () -> present == RegistryState.CONNECTED);
      states.clear();
      cluster.zooKeeper().stop();
      if (patience == 1 || patience == 2) {
        untilHeard(patience == 1 ? RegistryState.SUSPENDED : RegistryState.LOST);
      }
    } else {
      cluster.zooKeeper().start();
      if (patience == 1) {
        cluster.until("back", () -> isTouched(0));
      }
    }
    return !isUp;
  }

  private void hear(RegistryState state) {
    present = state;
    states.add(state);
  }

  private void untilAllIsWell() {
    untilMembers(0, MASTER, WORKER);
    untilMembers(1, MASTER, WORKER);
    cluster.until("the worker answers", () -> isAnswered(0, "worker"));
    cluster.until("the master answers", () -> isAnswered(1, "master"));
    int before = published.size();
    cluster.until(
        "the listener hears",
        () -> {
          cluster.run(0, () -> cluster.bus(0).publish("news", new SlotsMoved(MASTER.id())));
          return published.size() > before;
        });
    cluster.until("touches count", () -> isTouched(0) && isTouched(1));
  }

  /**
   * Nothing of a former session is left: all entries belong to the sessions that the nodes have.
   */
  private void untilOnlyLiveEntriesStand() {
    cluster.until(
        "only the present sessions hold entries",
        () -> cluster.zooKeeper().sessionsWithEntries() == 2);
  }

  private static TreeSet<String> servedBy(TestZooKeeper zooKeeper) {
    String registrations = "/" + TestCluster.ROOT + "/__vertx.subs/";
    return zooKeeper.ephemerals().stream()
        .filter(path -> path.startsWith(registrations))
        .map(path -> path.substring(registrations.length(), path.lastIndexOf('/')))
        .filter(address -> !address.equals("news"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void untilMembers(int node, Member... expected) {
    cluster.until(
        "node " + node + " sees " + List.of(expected),
        () -> cluster.registry(node).members().equals(List.of(expected)));
  }

  private void untilHeard(RegistryState state) {
    cluster.until("hear " + state, () -> states.contains(state));
  }

  private void serve(int node, String address) {
    cluster.complete(node, () -> cluster.bus(node).serve(address, Maybe::just));
  }

  private CompletableFuture<Boolean> beginServing(int node, String address) {
    Bus bus = cluster.bus(node);
    return cluster.begin(node, () -> bus.serve(address, Maybe::just).toSingleDefault(true));
  }

  private boolean isTouched(int node) {
    return cluster.await(
        node, () -> cluster.registry(node).touch().toSingleDefault(true).onErrorReturnItem(false));
  }

  private boolean isAnswered(int node, String address) {
    return isAnswered(cluster, node, address);
  }

  private static boolean isAnswered(TestCluster in, int node, String address) {
    try {
      return in.await(node, () -> in.bus(node).request(address, QUESTION, SHORT)).equals(QUESTION);
    } catch (BusException e) {
      return false;
    }
  }

  private boolean isUnserved(int node, String address) {
    try {
      return ask(node, address) == null;
    } catch (BusException e) {
      return e.kind() == BusException.Kind.NO_HANDLER;
    }
  }

  private Message ask(int node, String address) {
    return cluster.await(node, () -> cluster.bus(node).request(address, QUESTION, SHORT));
  }

  private static Member member(Role role, String node) {
    return new Member(
        new MemberId(role, new NodeId(node), 1),
        "127.0.0.1",
        7000,
        "0.1.0",
        Instant.EPOCH,
        1,
        List.of("default"),
        "");
  }
}
