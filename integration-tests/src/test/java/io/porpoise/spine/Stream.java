package io.porpoise.spine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that keeps what it is told, text and binary, until asked. */
final class Stream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A binary frame of a log: the subscription, where the bytes stand, the bytes, and when it came
   * (nanoTime).
   */
  record LogFrame(int subscription, long offset, byte[] bytes, long arrivedNanos) {}

  private final BlockingQueue<JsonNode> words = new LinkedBlockingQueue<>();
  private final BlockingQueue<LogFrame> frames = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  Stream(Http http) {
    URI uri = URI.create(http.server().toString().replaceFirst("^http", "ws") + "/api/v1/stream");
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + http.token())
            .buildAsync(uri, new Listener())
            .join();
  }

  void say(String json) {
    socket.sendText(json, true).join();
  }

  JsonNode nextWord() throws InterruptedException {
    JsonNode word = words.poll(30, TimeUnit.SECONDS);
    if (word == null) {
      throw new AssertionError("nothing was said for 30 s");
    }
    return word;
  }

  LogFrame nextFrame() throws InterruptedException {
    LogFrame frame = frames.poll(30, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no bytes came for 30 s; words: " + words);
    }
    return frame;
  }

  /** The next frame that is there within that time, or null. */
  LogFrame frameWithin(long millis) throws InterruptedException {
    return frames.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer binary = ByteBuffer.allocate(0);

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          words.add(JSON.readTree(text.toString()));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      ByteBuffer joined = ByteBuffer.allocate(binary.remaining() + data.remaining());
      joined.put(binary).put(data).flip();
      binary = joined;
      if (last) {
        int subscription = binary.getInt();
        long offset = binary.getLong();
        byte[] bytes = new byte[binary.remaining()];
        binary.get(bytes);
        frames.add(new LogFrame(subscription, offset, bytes, System.nanoTime()));
        binary = ByteBuffer.allocate(0);
      }
      webSocket.request(1);
      return null;
    }
  }
}
