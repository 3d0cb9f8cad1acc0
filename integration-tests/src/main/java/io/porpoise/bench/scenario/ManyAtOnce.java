package io.porpoise.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.bench.limit.Spawns;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import io.porpoise.bench.stage.Starts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ten thousand instances at once: what cannot run yet waits as rows and small objects, not as
 * processes, threads or messages.
 */
public final class ManyAtOnce implements Scenario {
  private static final String WORKFLOW = "at-once";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "at-once";
  }

  @Override
  public String goals() {
    return "";
  }

  @Override
  public String title() {
    return "10,000 instances of one light shell task started at once: all end, memory, queues";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    int count = stage.pick(100, 10_000, 10_000);
    server.api().save(WORKFLOW, Scripts.wide(WORKFLOW, 1, Scripts.shell("true")));
    double bare = Spawns.perSecond(stage.folder("bare"), stage.pick(40, 1_000, 2_000));
    long emptyBytes = server.liveBytes();
    double emptyMiB = server.jvm().residentMiB();
    server.jvm().forgetPeak();
    Watch watch = new Watch(server);
    Thread watcher = new Thread(watch, "watch");
    watcher.start();
    Starts starts;
    try {
      starts = server.api().startAll(WORKFLOW, count);
      Invariants.awaitEnd(server, starts, PATIENCE);
    } finally {
      watcher.interrupt();
      watcher.join();
    }
    Invariants.check(server, starts, 1);
    if (watch.runningMax > watch.capacity) {
      throw new IOException(watch.runningMax + " attempts ran on " + watch.capacity + " places");
    }
    double seconds = Bursts.seconds(server, starts);
    double growth = (server.liveBytes() - emptyBytes) / 1024.0 / 1024.0;
    String of = count + " at once: ";
    return List.of(
        Figure.of("", of + "tasks/s", count / seconds, "1/s").beside(bare),
        Figure.of("", of + "first request -> last end", seconds, "s")
            .beside(count / bare)
            .note("bare: so many spawns by one bash"),
        Figure.of("", of + "the 202 of a start, p99", starts.ackMillis().percentile(0.99), "ms"),
        Figure.of("", of + "resident memory, peak (JVM)", server.jvm().peakMiB(), "MiB")
            .note("before: %.0f MiB".formatted(emptyMiB)),
        Figure.of("", of + "heap after the last end, growth", growth, "MiB")
            .note("living objects after a full collection, afterwards less before"),
        Figure.of("", of + "attempts running, most", watch.runningMax, "")
            .note(
                "of %d places; at most %d tasks waited for one"
                    .formatted(watch.capacity, watch.waitingMax)));
  }

  /** Looks at the heartbeats twice a second. */
  private static final class Watch implements Runnable {
    private final Server server;
    private volatile long runningMax;
    private volatile long waitingMax;
    private volatile long capacity;

    Watch(Server server) {
      this.server = server;
    }

    @Override
    public void run() {
      try {
        while (true) {
          JsonNode cluster = server.api().get("cluster");
          JsonNode worker = cluster.get("workers").get(0).get("load");
          runningMax = Math.max(runningMax, worker.path("running").asLong());
          capacity = worker.path("capacity").asLong();
          JsonNode master = cluster.get("masters").get(0).get("load");
          waitingMax = Math.max(waitingMax, master.path("waiting").asLong());
          TimeUnit.MILLISECONDS.sleep(500);
        }
      } catch (InterruptedException done) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
