package io.porpoise.cluster.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.BusException;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.WatchAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillTest {
  private static final Duration SESSION = Duration.ofSeconds(2);
  private static final Message QUESTION = new WatchAnswer(true, true);

  @Test
  void a_killed_node_is_missed_after_its_session_and_its_addresses_are_then_known_to_be_gone() {
    try (TestCluster cluster = TestCluster.of(1, SESSION)) {
      try (PeerProcess peer = PeerProcess.start(cluster.zooKeeper().connect(), SESSION)) {
        assertThat(peer).isNotNull();
        cluster.until(
            "it is seen", () -> cluster.registry(0).members().equals(List.of(PeerProcess.MEMBER)));
        cluster.until("it answers", () -> outcome(cluster).equals("answered"));
      }

      assertThat(outcome(cluster)).isIn("TIMEOUT", "NO_HANDLER");
      cluster.until("it is missed", () -> cluster.registry(0).members().isEmpty());
      cluster.until("its address is gone", () -> outcome(cluster).equals("NO_HANDLER"));
      assertThat(cluster.zooKeeper().ephemerals()).allMatch(path -> path.contains("/nodes/"));
    }
  }

  @Test
  void a_node_that_was_stopped_for_longer_than_its_session_comes_back_by_itself() {
    try (TestCluster cluster = TestCluster.of(1, SESSION);
        PeerProcess peer = PeerProcess.start(cluster.zooKeeper().connect(), SESSION)) {
      cluster.until("it answers", () -> outcome(cluster).equals("answered"));

      peer.signal("STOP");
      cluster.until("it is missed", () -> cluster.registry(0).members().isEmpty());
      peer.signal("CONT");

      cluster.until(
          "it is seen", () -> cluster.registry(0).members().equals(List.of(PeerProcess.MEMBER)));
      cluster.until("it answers", () -> outcome(cluster).equals("answered"));
    }
  }

  private static String outcome(TestCluster cluster) {
    try {
      Message answer =
          cluster.await(
              0,
              () -> cluster.bus(0).request(PeerProcess.ADDRESS, QUESTION, Duration.ofMillis(300)));
      return answer.equals(QUESTION) ? "answered" : "wrong";
    } catch (BusException e) {
      return e.kind().name();
    }
  }
}
