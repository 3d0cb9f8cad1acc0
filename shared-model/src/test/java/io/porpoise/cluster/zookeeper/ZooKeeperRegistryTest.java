package io.porpoise.cluster.zookeeper;

import io.porpoise.cluster.Registry;
import io.porpoise.cluster.contract.RegistryContract;
import io.porpoise.cluster.contract.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class ZooKeeperRegistryTest extends RegistryContract {
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.of(2, Duration.ofSeconds(4));
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
