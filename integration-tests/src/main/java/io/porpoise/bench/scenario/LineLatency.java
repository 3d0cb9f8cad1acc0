package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * How long a line takes from the task's write to a WebSocket client: each line is the time at which
 * it was written.
 */
final class LineLatency implements WebSocket.Listener {
  private static final int HEADER_BYTES = 12;

  private final BlockingQueue<Double> millis = new LinkedBlockingQueue<>();
  private final StringBuilder rest = new StringBuilder();

  /** What was written before anybody had asked is old, not late. */
  private volatile double since = Double.MAX_VALUE;

  private LineLatency() {}

  /** The next {@code count} lines of the log of a task instance that runs. */
  static Samples follow(URI server, String token, String taskInstance, int count)
      throws IOException, InterruptedException {
    LineLatency listener = new LineLatency();
    URI stream = URI.create(server.toString().replaceFirst("^http", "ws") + "/api/v1/stream");
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(stream, listener)
            .join();
    socket
        .sendText(
            "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"log/" + taskInstance + "\",\"offset\":0}",
            true)
        .join();
    listener.since = Scripts.epochMillis(Instant.now());
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      Double value = listener.millis.poll(30, TimeUnit.SECONDS);
      if (value == null) {
        throw new IOException("only " + i + " lines came");
      }
      values[i] = value;
    }
    socket.abort();
    return new Samples(values);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer frame, boolean last) {
    Instant now = Instant.now();
    frame.position(frame.position() + HEADER_BYTES);
    rest.append(StandardCharsets.UTF_8.decode(frame));
    for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      double written = Double.parseDouble(rest.substring(0, end).replace(',', '.')) * 1000;
      if (written >= since) {
        millis.add(Scripts.epochMillis(now) - written);
      }
      rest.delete(0, end + 1);
    }
    socket.request(1);
    return null;
  }
}
