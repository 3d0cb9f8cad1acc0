package io.porpoise.cluster.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.Message;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.contract.RegistryContract;
import io.porpoise.cluster.contract.Stage;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZooKeeperRegistryTest extends RegistryContract {
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    // Long, so that a slow machine does not lose one that the test did not mean to.
    cluster = TestCluster.of(2, Duration.ofSeconds(10));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void nobody_has_joined() {
    cluster.renewRegistry(0);
    cluster.renewRegistry(1);
    untilMembers(0);
    untilMembers(1);
  }

  @AfterEach
  void all_leave() {
    cluster.complete(0, () -> registry(0).leave());
    cluster.complete(1, () -> registry(1).leave());
  }

  @Test
  void a_server_that_is_away_for_less_than_a_session_changes_nothing() {
    join(0, MASTER);
    join(1, WORKER);
    untilMembers(0, MASTER, WORKER);
    untilMembers(1, MASTER, WORKER);
    cluster.complete(1, () -> cluster.bus(1).serve("worker", Maybe::just));
    cluster.until("it answers", this::isAnswered);
    List<RegistryState> states = new CopyOnWriteArrayList<>();
    List<List<Member>> seen = new CopyOnWriteArrayList<>();
    List<Disposable> listening = new CopyOnWriteArrayList<>();
    cluster.run(1, () -> listening.add(registry(1).onMembers(seen::add)));
    cluster.run(1, () -> listening.add(registry(1).onState(states::add)));

    registryAway();
    cluster.until("it is noticed", () -> states.contains(RegistryState.SUSPENDED));
    assertThat(isAnswered()).as("the bus needs no ZooKeeper").isTrue();
    registryBack();

    cluster.until("it is back", () -> states.get(states.size() - 1) == RegistryState.CONNECTED);
    assertThat(isAnswered()).isTrue();
    assertThat(states).doesNotContain(RegistryState.LOST);
    assertThat(seen).containsOnly(List.of(MASTER, WORKER));
    cluster.run(1, () -> listening.forEach(Disposable::dispose));
  }

  private boolean isAnswered() {
    Message question = new WatchAnswer(true, true);
    return cluster.await(
        0,
        () ->
            cluster
                .bus(0)
                .request("worker", question, Duration.ofSeconds(5))
                .map(question::equals)
                .onErrorReturnItem(false));
  }

  @Override
  protected Stage stage() {
    return cluster;
  }

  @Override
  protected Registry registry(int node) {
    return cluster.registry(node);
  }

  @Override
  protected void loseSession(int node) {
    cluster.expireSession(node);
  }

  @Override
  protected void registryAway() {
    cluster.zooKeeper().stop();
  }

  @Override
  protected void registryBack() {
    cluster.zooKeeper().start();
  }
}
