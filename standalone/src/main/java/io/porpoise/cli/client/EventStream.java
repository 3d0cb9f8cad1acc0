package io.porpoise.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Fields;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One WebSocket connection to {@code /api/v1/stream}, read by one thread.
 *
 * <p>Back-pressure: the connection may run {@value #AHEAD} frames ahead of the reader, and the
 * server sends no more of a log than {@link #credit} has granted.
 */
public final class EventStream implements AutoCloseable {
  /** What the server grants a log subscription to begin with. */
  public static final int FIRST_CREDIT = 256 * 1024;

  private static final int AHEAD = 8;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final BlockingQueue<StreamMessage> messages = new LinkedBlockingQueue<>();
  private WebSocket socket;

  private EventStream() {}

  static EventStream open(HttpClient http, URI server, String token) {
    String scheme = "https".equals(server.getScheme()) ? "wss" : "ws";
    URI uri = URI.create(scheme + "://" + server.getRawAuthority() + "/api/v1/stream");
    EventStream stream = new EventStream();
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    try {
      stream.socket = builder.buildAsync(uri, stream.new Listener()).join();
      return stream;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw Problem.of(server, refused.getResponse().statusCode(), new byte[0]);
      }
      throw CliException.failure("cannot open a stream to " + server, e.getCause());
    }
  }

  /** Asks for the events of a workflow instance. */
  public void subscribe(long id, String topic) {
    send(message("subscribe", id).put("topic", topic));
  }

  /** Asks for a log from a byte on. */
  public void subscribe(long id, String topic, long offset) {
    send(message("subscribe", id).put("topic", topic).put("offset", offset));
  }

  /** Lets the server send so many more bytes of a log. */
  public void credit(long id, long bytes) {
    send(message("credit", id).put("bytes", bytes));
  }

  /** The next message, or null if there was none in that time. */
  public StreamMessage next(Duration timeout) {
    try {
      StreamMessage message = messages.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (message != null) {
        socket.request(1);
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failure("interrupted", e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static ObjectNode message(String type, long id) {
    return ApiClient.JSON.createObjectNode().put("type", type).put("id", id);
  }

  private void send(JsonNode message) {
    try {
      socket.sendText(message.toString(), true).join();
    } catch (CompletionException e) {
      // The reader finds out in its own time, behind what came in before.
      messages.add(new StreamMessage.Closed(String.valueOf(e.getCause().getMessage())));
    }
  }

  private StreamMessage parse(String text) {
    try {
      JsonNode message = ApiClient.JSON.readTree(text);
      long id = message.path("id").asLong();
      return switch (Fields.text(message, "type")) {
        case "event" -> new StreamMessage.Event(id, message);
        case "end" -> new StreamMessage.End(id);
        case "error" ->
            new StreamMessage.Error(
                id, Fields.text(message, "code"), Fields.text(message, "detail"));
        default -> null; // a newer server may say more than this program knows
      };
    } catch (JsonProcessingException e) {
      return new StreamMessage.Closed("the server sent something else than JSON");
    }
  }

  private static StreamMessage parse(byte[] frame) {
    if (frame.length < 12) {
      return new StreamMessage.Closed("the server sent a frame that is too short");
    }
    ByteBuffer head = ByteBuffer.wrap(frame);
    return new StreamMessage.LogBytes(
        Integer.toUnsignedLong(head.getInt()), head.getLong(), frame, 12);
  }

  /** Puts frames together; it runs on the client's threads, one call at a time. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void onOpen(WebSocket webSocket) {
      webSocket.request(AHEAD);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
      text.append(data);
      if (isLast) {
        deliver(webSocket, parse(text.toString()));
        text.setLength(0);
      } else {
        webSocket.request(1);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean isLast) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      if (isLast) {
        deliver(webSocket, parse(bytes.toByteArray()));
        bytes.reset();
      } else {
        webSocket.request(1);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      messages.add(new StreamMessage.Closed(reason.isEmpty() ? "code " + code : reason));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      messages.add(new StreamMessage.Closed(String.valueOf(error.getMessage())));
    }

    private void deliver(WebSocket webSocket, StreamMessage message) {
      if (message == null) {
        webSocket.request(1);
      } else {
        messages.add(message);
      }
    }
  }
}
