package io.porpoise.cluster.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EphemeralsTest {
  private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);

  private final TestCluster cluster = TestCluster.of(1, Duration.ofSeconds(5));
  private final Ephemerals ephemerals = new Ephemerals(cluster.cluster(0).connection());

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void a_removal_is_not_overtaken_by_the_creation_before_it() {
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Boolean> put = begin(ephemerals.put("/test/" + i, DATA));
      await(ephemerals.remove("/test/" + i));
      assertThat(TestCluster.get(put)).isTrue();
    }

    assertThat(standing()).isEmpty();
  }

  @Test
  void what_is_wanted_last_stands() {
    for (int i = 0; i < 50; i++) {
      CompletableFuture<Boolean> first = begin(ephemerals.put("/test/" + i, DATA));
      CompletableFuture<Boolean> removal = begin(ephemerals.remove("/test/" + i));
      await(ephemerals.put("/test/" + i, DATA));
      assertThat(TestCluster.get(first)).isTrue();
      assertThat(TestCluster.get(removal)).isTrue();
    }

    assertThat(standing()).hasSize(50);
  }

  @Test
  void an_entry_of_another_session_is_replaced() {
    try (StockNode other = new StockNode(cluster.connect(), TestCluster.ROOT)) {
      other.create("/test/one");

      await(ephemerals.put("/test/one", DATA));
    }

    assertThat(standing()).hasSize(1);
    long session = cluster.cluster(0).connection().session().id();
    assertThat(ephemerals.isHeldBy("/test/one", session)).isTrue();
    assertThat(ephemerals.isHeldBy("/test/one", session + 1)).isFalse();
  }

  @Test
  void a_touch_of_an_entry_that_another_session_holds_does_not_count() {
    cluster.complete(0, () -> cluster.registry(0).join(PeerProcess.MEMBER));
    cluster.complete(0, () -> cluster.registry(0).touch());
    String touched = MemberDirectory.touchedBy(PeerProcess.MEMBER.id());

    try (StockNode other = new StockNode(cluster.connect(), TestCluster.ROOT)) {
      other.replace(touched);

      boolean counts =
          cluster.await(
              0, () -> cluster.registry(0).touch().toSingleDefault(true).onErrorReturnItem(false));
      assertThat(counts).isFalse();
    }
  }

  private Set<String> standing() {
    return cluster.zooKeeper().ephemerals().stream()
        .filter(path -> path.startsWith("/" + TestCluster.ROOT + "/test/"))
        .collect(Collectors.toSet());
  }

  private void await(Completable work) {
    assertThat(TestCluster.get(begin(work))).isTrue();
  }

  private CompletableFuture<Boolean> begin(Completable work) {
    return cluster.begin(0, () -> work.toSingleDefault(true));
  }
}
