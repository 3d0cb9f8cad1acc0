package io.porpoise.api.testing;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that can stop reading. */
public final class StreamClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  /** Bytes of a log, as a binary message has them. */
  public record LogBytes(int id, long offset, byte[] bytes) {}

  /**
   * @param token null: none
   * @param messagesAtFirst how many messages are read before {@link #read} is called
   */
  public StreamClient(int port, String token, long messagesAtFirst) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    socket =
        builder
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/api/v1/stream"),
                new Listener(messagesAtFirst))
            .join();
  }

  public StreamClient(int port) {
    this(port, ApiUnderTest.TOKEN, Long.MAX_VALUE);
  }

  private final class Listener implements WebSocket.Listener {
    private final long messagesAtFirst;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    Listener(long messagesAtFirst) {
      this.messagesAtFirst = messagesAtFirst;
    }

    @Override
    public void onOpen(WebSocket open) {
      if (messagesAtFirst > 0) {
        open.request(messagesAtFirst);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      text.append(data);
      if (isLast) {
        received.add(new JsonObject(text.toString()));
        text.setLength(0);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean isLast) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      binary.writeBytes(part);
      if (isLast) {
        ByteBuffer whole = ByteBuffer.wrap(binary.toByteArray());
        int id = whole.getInt();
        long offset = whole.getLong();
        byte[] bytes = new byte[whole.remaining()];
        whole.get(bytes);
        received.add(new LogBytes(id, offset, bytes));
        binary.reset();
      }
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(-1);
    }
  }

  public StreamClient send(String json) {
    return sendAsItIs(json.replace('\'', '"'));
  }

  public StreamClient sendAsItIs(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** Reads so many messages (or parts of them) more. */
  public void read(long messages) {
    socket.request(messages);
  }

  /** The next message of the server. */
  public Object next() {
    try {
      Object message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("the server said nothing for " + PATIENCE_SECONDS + " s");
      }
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public JsonObject nextText() {
    return (JsonObject) next();
  }

  public LogBytes nextBytes() {
    return (LogBytes) next();
  }

  /** The code with which the server closes; -1 when it just hangs up. */
  public int closeCode() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  public boolean isQuiet() {
    return received.isEmpty();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
