package io.porpoise.bench.limit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A file that is sent over a socket on loopback by the kernel alone. */
public final class Loopback {
  private static final int READ_BYTES = 64 * 1024;

  private Loopback() {}

  /** MB (10^6) a second, from the connection to the last byte read. */
  public static double megabytesPerSecond(Path file) throws IOException {
    try (ServerSocketChannel server =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(server, source));
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      long started = System.nanoTime();
      long bytes = 0;
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
          InputStream in = socket.getInputStream()) {
        byte[] buffer = new byte[READ_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          bytes += n;
        }
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      sending.join();
      return bytes / 1e6 / seconds;
    }
  }

  private static void send(ServerSocketChannel server, FileChannel source) {
    try (SocketChannel client = server.accept()) {
      long size = source.size();
      for (long sent = 0; sent < size; ) {
        sent += source.transferTo(sent, size - sent, client);
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
