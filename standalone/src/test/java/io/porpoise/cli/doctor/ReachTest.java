package io.porpoise.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Short visits to servers that say one thing. */
class ReachTest {
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void a_database_tells_its_version_in_its_greeting() throws Exception {
    answer("\20\0\0\0\n11.4.5-MariaDB\0rest of the greeting");

    assertThat(Reach.databaseVersion("127.0.0.1", server.getLocalPort()))
        .isEqualTo("11.4.5-MariaDB");
  }

  @Test
  void something_else_on_the_port_is_no_database() {
    answer("SSH-2.0-OpenSSH_9.2p1\r\n");

    assertThatThrownBy(() -> Reach.databaseVersion("127.0.0.1", server.getLocalPort()))
        .hasMessage("is no MariaDB or MySQL server");
  }

  @Test
  void a_zookeeper_tells_its_mode() throws Exception {
    answer("Zookeeper version: 3.9.4\nMode: standalone\nNode count: 5\n");

    assertThat(Reach.zooKeeperMode("127.0.0.1", server.getLocalPort())).isEqualTo("standalone");
  }

  @Test
  void a_zookeeper_without_a_quorum_is_told() {
    answer("This ZooKeeper instance is not currently serving requests\n");

    assertThatThrownBy(() -> Reach.zooKeeperMode("127.0.0.1", server.getLocalPort()))
        .hasMessage("runs, but has no quorum");
  }

  @Test
  void a_port_that_is_listened_on_is_not_free() throws Exception {
    assertThat(Reach.isFree("127.0.0.1", server.getLocalPort())).isFalse();
  }

  /** Says it to the first who connects, and hangs up when that one has nothing more to say. */
  private void answer(String text) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept();
                  OutputStream out = socket.getOutputStream()) {
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
              } catch (IOException e) {
                // The test sees that nobody answers.
              }
            },
            "server");
    thread.setDaemon(true);
    thread.start();
  }
}
