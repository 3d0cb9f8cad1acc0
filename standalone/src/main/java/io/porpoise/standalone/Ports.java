package io.porpoise.standalone;

import io.porpoise.node.DurableFile;
import io.porpoise.node.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;

/** Ports on loopback that stay the same from start to start. */
public final class Ports {
  private Ports() {}

  /**
   * A port that is free at the moment: the configured one, else the one kept in {@code file}, else
   * any, which is then kept.
   *
   * @param key of the configured port, for the error
   * @param configured 0: none
   */
  public static int choose(String key, int configured, Path file) throws IOException {
    if (configured != 0) {
      if (!isFree(configured)) {
        throw new StartFailure(
            "port %d on 127.0.0.1 is in use: stop what uses it, or choose another with --set %s=PORT"
                .formatted(configured, key));
      }
      return configured;
    }
    Optional<Integer> kept = kept(file);
    if (kept.isPresent() && isFree(kept.get())) {
      return kept.get();
    }
    int port = anyFree();
    DurableFile.write(file, Integer.toString(port));
    return port;
  }

  private static Optional<Integer> kept(Path file) throws IOException {
    return DurableFile.read(file).filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
  }

  private static int anyFree() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
