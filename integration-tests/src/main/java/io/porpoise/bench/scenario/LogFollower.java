package io.porpoise.bench.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a log to its end over the WebSocket, granting again what it has dealt with. */
final class LogFollower implements WebSocket.Listener {
  private static final int HEADER_BYTES = 12;

  private final CompletableFuture<Long> end = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private long bytes;
  private long toGrant;
  private boolean isInside;

  private LogFollower() {}

  /** The bytes of a log that is complete. */
  static long read(URI server, String token, String taskInstance)
      throws IOException, InterruptedException {
    LogFollower listener = new LogFollower();
    URI stream = URI.create(server.toString().replaceFirst("^http", "ws") + "/api/v1/stream");
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(stream, listener)
            .join();
    try {
      socket
          .sendText(
              "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"log/"
                  + taskInstance
                  + "\",\"offset\":0}",
              true)
          .join();
      return listener.end.get(10, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the log did not come to its end", e);
    } finally {
      socket.abort();
    }
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer frame, boolean last) {
    int length = frame.remaining() - (isInside ? 0 : HEADER_BYTES);
    isInside = !last;
    bytes += length;
    toGrant += length;
    socket.request(1);
    if (!last) {
      return null;
    }
    long grant = toGrant;
    toGrant = 0;
    return socket
        .sendText("{\"type\":\"credit\",\"id\":1,\"bytes\":" + grant + "}", true)
        .exceptionally(
            error -> {
              end.completeExceptionally(error);
              return socket;
            });
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      String message = text.toString();
      text.setLength(0);
      if (message.contains("\"end\"")) {
        end.complete(bytes);
      } else if (message.contains("\"error\"")) {
        end.completeExceptionally(new IOException(message));
      }
    }
    socket.request(1);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    end.completeExceptionally(error);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    end.completeExceptionally(new IOException("closed: " + code + " " + reason));
    return null;
  }
}
