package io.porpoise.cli.doctor;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Short visits to TCP ports: who is there, and is one free. */
final class Reach {
  private static final int TIMEOUT_MILLIS = 3_000;

  private Reach() {}

  /** The version in the greeting that a MariaDB or MySQL server sends first. */
  static String databaseVersion(String host, int port) throws IOException {
    try (Socket socket = connect(host, port)) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
      in.readUnsignedByte(); // sequence number
      int protocol = in.readUnsignedByte();
      byte[] rest = in.readNBytes(Math.min(Math.max(0, length - 1), 4096));
      if (protocol == 255) {
        throw new IOException(
            "refuses: " + new String(rest, 2, rest.length - 2, StandardCharsets.UTF_8));
      } else if (protocol != 10) {
        throw new IOException("is no MariaDB or MySQL server");
      }
      int end = 0;
      while (end < rest.length && rest[end] != 0) {
        end++;
      }
      return new String(rest, 0, end, StandardCharsets.UTF_8);
    }
  }

  /** The line of ZooKeeper's {@code srvr} that says what the server is. */
  static String zooKeeperMode(String host, int port) throws IOException {
    try (Socket socket = connect(host, port)) {
      socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      String answer =
          new String(socket.getInputStream().readNBytes(64 * 1024), StandardCharsets.UTF_8);
      String mode = "answers";
      for (String line : answer.lines().toList()) {
        if (line.contains("not currently serving")) {
          throw new IOException("runs, but has no quorum");
        } else if (line.startsWith("Mode:")) {
          mode = line.substring(5).strip();
        }
      }
      return mode;
    }
  }

  static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Socket connect(String host, int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    try {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
