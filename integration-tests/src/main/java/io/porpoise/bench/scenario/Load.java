package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Api;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Starts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Starts at a steady rate, whether the ones before have been answered or not: a server that falls
 * behind is not spared.
 */
record Load(Starts starts, List<Sent> sent) {
  /** One start; the time is that at which its request was sent, in milliseconds since 1970. */
  record Sent(long id, double millis) {}

  static Load run(Api api, String workflow, double perSecond, double seconds)
      throws IOException, InterruptedException {
    int count = (int) Math.max(1, perSecond * seconds);
    List<CompletableFuture<Long>> answers = new ArrayList<>(count);
    double[] sentMillis = new double[count];
    double[] ackMillis = new double[count];
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long wait = began + (long) (i * 1e9 / perSecond) - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      int number = i;
      long nanos = System.nanoTime();
      sentMillis[i] = Scripts.epochMillis(Instant.now());
      answers.add(
          api.startLater(workflow)
              .whenComplete((id, error) -> ackMillis[number] = (System.nanoTime() - nanos) / 1e6));
    }
    List<Sent> sent = new ArrayList<>(count);
    List<Long> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      try {
        ids.add(answers.get(i).join());
      } catch (CompletionException e) {
        throw new IOException("a start failed: " + e.getCause(), e.getCause());
      }
      sent.add(new Sent(ids.get(i), sentMillis[i]));
    }
    ids.sort(null);
    Starts starts =
        new Starts(workflow, ids, (long) (sentMillis[0] * 1_000), new Samples(ackMillis));
    return new Load(starts, sent);
  }
}
