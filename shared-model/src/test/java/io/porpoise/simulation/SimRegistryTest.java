package io.porpoise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.BusException;
import io.porpoise.bus.message.SlotsMoved;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimRegistryTest {
  private static final Duration SESSION = Duration.ofSeconds(6);

  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private final World world = new World(1);
  private final SimNetwork network = new SimNetwork(world);
  private final SimZooKeeper zooKeeper = new SimZooKeeper(world, network, SESSION);
  private final SimNode one = new SimNode(world, "w1");
  private final SimNode two = new SimNode(world, "w2");
  private final SimRegistry registryOfOne = new SimRegistry(one, zooKeeper);
  private final SimRegistry registryOfTwo = new SimRegistry(two, zooKeeper);
  private final List<RegistryState> states = new ArrayList<>();

  private static Member member(String node) {
    MemberId id = new MemberId(Role.WORKER, new NodeId(node), 1);
    return new Member(id, "127.0.0.1", 7000, "test", World.GENESIS, 0, List.of("default"), null);
  }

  private void joinBoth() {
    registryOfOne.join(member("w1")).subscribe(() -> {}, e -> {}, subscriptions);
    world.runFor(Duration.ofMillis(100));
    registryOfTwo.join(member("w2")).subscribe(() -> {}, e -> {}, subscriptions);
    registryOfOne.onState(states::add);
    world.runFor(Duration.ofSeconds(1));
  }

  @Test
  void members_see_each_other_and_miss_one_that_has_crashed_after_its_session() {
    joinBoth();
    assertThat(registryOfTwo.members()).containsExactly(member("w1"), member("w2"));

    one.crash();
    world.runFor(Duration.ofSeconds(3));
    assertThat(registryOfTwo.members()).hasSize(2);

    world.runFor(Duration.ofSeconds(4));
    assertThat(registryOfTwo.members()).containsExactly(member("w2"));
  }

  @Test
  void one_that_leaves_is_missed_at_once() {
    joinBoth();

    registryOfOne.leave().subscribe(() -> {}, e -> {}, subscriptions);
    world.runFor(Duration.ofSeconds(1));

    assertThat(registryOfTwo.members()).containsExactly(member("w2"));
  }

  @Test
  void a_short_cut_suspends_and_loses_nothing() {
    joinBoth();

    network.cutBoth("w1", SimZooKeeper.HOST);
    world.runFor(Duration.ofSeconds(4));
    network.healAll();
    world.runFor(Duration.ofSeconds(4));

    assertThat(states)
        .containsExactly(RegistryState.CONNECTED, RegistryState.SUSPENDED, RegistryState.CONNECTED);
    assertThat(registryOfTwo.members()).hasSize(2);
  }

  @Test
  void a_long_cut_loses_the_session_and_the_entry_comes_back_with_a_new_one() {
    joinBoth();

    network.cutBoth("w1", SimZooKeeper.HOST);
    world.runFor(Duration.ofSeconds(12));
    assertThat(registryOfTwo.members()).containsExactly(member("w2"));
    network.healAll();
    world.runFor(Duration.ofSeconds(4));

    assertThat(states)
        .containsExactly(
            RegistryState.CONNECTED,
            RegistryState.SUSPENDED,
            RegistryState.LOST,
            RegistryState.CONNECTED);
    assertThat(registryOfTwo.members()).hasSize(2);
    assertThat(registryOfOne.members()).hasSize(2);
  }

  @Test
  void an_expired_session_is_noticed_and_healed() {
    joinBoth();

    zooKeeper.expire(one);
    world.runFor(Duration.ofSeconds(5));

    assertThat(states)
        .containsExactly(RegistryState.CONNECTED, RegistryState.LOST, RegistryState.CONNECTED);
    assertThat(registryOfTwo.members()).hasSize(2);
  }

  @Test
  void a_restarted_ensemble_gives_every_session_its_full_time() {
    joinBoth();

    zooKeeper.stop();
    world.runFor(Duration.ofSeconds(60));
    zooKeeper.start();
    world.runFor(Duration.ofSeconds(5));

    assertThat(zooKeeper.members()).hasSize(2);
  }

  @Test
  void touch_proves_a_living_session_and_nothing_else() {
    List<String> outcomes = new ArrayList<>();
    joinBoth();

    registryOfOne
        .touch()
        .subscribe(() -> outcomes.add("alive"), e -> outcomes.add("unknown"), subscriptions);
    world.runFor(Duration.ofMillis(100));
    network.cut("w1", SimZooKeeper.HOST);
    registryOfOne
        .touch()
        .subscribe(() -> outcomes.add("alive"), e -> outcomes.add("unknown"), subscriptions);
    world.runFor(Duration.ofSeconds(3));

    assertThat(outcomes).containsExactly("alive", "unknown");
  }

  @Test
  void the_leader_is_the_one_that_has_been_here_longest() {
    List<Object> leaders = new ArrayList<>();
    joinBoth();

    registryOfTwo
        .leader(Role.WORKER)
        .subscribe(id -> leaders.add(id.orElseThrow().node().value()), e -> {}, subscriptions);
    world.runFor(Duration.ofSeconds(1));
    registryOfOne.leave().subscribe(() -> {}, e -> {}, subscriptions);
    world.runFor(Duration.ofSeconds(1));
    registryOfTwo
        .leader(Role.WORKER)
        .subscribe(id -> leaders.add(id.orElseThrow().node().value()), e -> {}, subscriptions);
    registryOfTwo
        .leader(Role.MASTER)
        .subscribe(nobody -> leaders.add(nobody), e -> {}, subscriptions);
    world.runFor(Duration.ofSeconds(1));

    assertThat(leaders).containsExactly("w1", "w2", java.util.Optional.empty());
  }

  @Test
  void the_addresses_of_a_crashed_node_go_with_its_session_and_not_earlier() {
    List<Object> answers = new ArrayList<>();
    SimBus bus = new SimBus(one, network);
    bus.serve("echo", Maybe::just).subscribe(() -> {}, e -> {}, subscriptions);
    joinBoth();
    SimBus asker = new SimBus(two, network);
    SlotsMoved question = new SlotsMoved(member("w2").id());

    one.crash();
    asker
        .request("echo", question, Duration.ofSeconds(1))
        .subscribe(answers::add, e -> answers.add(((BusException) e).kind()), subscriptions);
    world.runFor(Duration.ofSeconds(8));
    asker
        .request("echo", question, Duration.ofSeconds(1))
        .subscribe(answers::add, e -> answers.add(((BusException) e).kind()), subscriptions);
    world.runFor(Duration.ofSeconds(2));

    assertThat(answers).containsExactly(BusException.Kind.TIMEOUT, BusException.Kind.NO_HANDLER);
  }
}
