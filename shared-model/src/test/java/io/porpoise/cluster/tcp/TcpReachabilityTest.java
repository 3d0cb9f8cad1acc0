package io.porpoise.cluster.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Reachability.Finding;
import io.porpoise.cluster.Role;
import io.vertx.rxjava3.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpReachabilityTest {
  private final Vertx vertx = Vertx.vertx();
  private final TcpReachability reachability = new TcpReachability(vertx);

  @AfterEach
  void close() {
    vertx.rxClose().blockingAwait();
  }

  @Test
  void a_process_that_has_ended_is_refused() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(probe(port)).isEqualTo(Finding.REFUSED);
  }

  @Test
  void a_frozen_process_is_connected_to_by_its_kernel() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(probe(socket.getLocalPort())).isEqualTo(Finding.CONNECTED);
    }
  }

  @Test
  void a_host_that_does_not_answer_is_silent() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // A full queue of connections: the kernel answers no more of them.
      Finding last = Finding.CONNECTED;
      for (int i = 0; i < 20 && last == Finding.CONNECTED; i++) {
        last = probe(socket.getLocalPort());
      }
      assertThat(last).isEqualTo(Finding.SILENT);
    }
  }

  @Test
  void nothing_is_known_of_a_member_that_told_no_port() {
    assertThat(probe(0)).isEqualTo(Finding.SILENT);
  }

  private Finding probe(int port) {
    Member member =
        new Member(
            new MemberId(Role.MASTER, new NodeId("m1"), 1),
            "127.0.0.1",
            port,
            "test",
            Instant.EPOCH,
            1,
            List.of(),
            "");
    return reachability.probe(member, Duration.ofMillis(300)).blockingGet();
  }
}
