package io.porpoise.processes;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Hands connections at one address on to a port on loopback. */
final class Relay implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket listener;
  private final int target;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "relay");
            thread.setDaemon(true);
            return thread;
          });

  Relay(String address, int target) throws IOException {
    listener = new ServerSocket(0, BACKLOG, InetAddress.getByName(address));
    this.target = target;
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        threads.execute(() -> connect(near));
      } catch (IOException e) {
        // It is closed, or this one connection came to nothing.
      }
    }
  }

  private void connect(Socket near) {
    Socket far = new Socket();
    try {
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      threads.execute(() -> hand(near, far));
      hand(far, near);
    } catch (IOException e) {
      close(near);
      close(far);
    }
  }

  /** When one direction ends, so does the other. */
  private static void hand(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The connection has ended, and with it what there was to do.
    }
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }

  @Override
  public void close() {
    close(listener);
    threads.shutdownNow();
  }
}
