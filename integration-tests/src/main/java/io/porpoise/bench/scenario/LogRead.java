package io.porpoise.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.bench.limit.Loopback;
import io.porpoise.bench.stage.Api;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A large log, downloaded and followed to its end, beside the same file sent by the kernel. */
public final class LogRead implements Scenario {
  private static final double MEGABYTE = 1e6;

  /** Buffers and the collector's room; a server that kept the log would grow by its size. */
  private static final int GROWTH_MIB_MAX = 64;

  @Override
  public String name() {
    return "log-read";
  }

  @Override
  public String goals() {
    return "P11";
  }

  @Override
  public String title() {
    return "a log of 50 MB (1 GB with --full) downloaded, and followed to its end; memory";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    List<Figure> figures = new ArrayList<>(measure(stage, server, stage.pick(1, 50, 50)));
    if (stage.pick(0, 0, 1) == 1) {
      figures.addAll(measure(stage, server, 1_000));
    }
    Invariants.quiet(server);
    return figures;
  }

  private static List<Figure> measure(Stage stage, Server server, int megabytes)
      throws IOException, InterruptedException {
    Api api = server.api();
    long bytes = megabytes * 1_000_000L;
    String workflow = "log-" + megabytes;
    // yes ends by SIGPIPE once head has enough.
    String script = "yes 0123456789012345678901234567890123456789012345678 | head -c " + bytes;
    api.save(workflow, Scripts.wide(workflow, 1, Scripts.shell(script)));
    JsonNode ended = api.await(api.start(workflow), Scripts.PATIENCE);
    String task = Scripts.task(ended, 0);
    Path file = stage.folder("bare").resolve("log");
    Files.write(file, new byte[(int) bytes]);
    int times = megabytes > 100 ? 1 : stage.pick(1, 5, 10);
    List<Double> bare = new ArrayList<>();
    List<Double> downloads = new ArrayList<>();
    List<Double> follows = new ArrayList<>();
    double before = server.jvm().residentMiB();
    server.jvm().forgetPeak();
    for (int i = 0; i <= times; i++) { // the first one is for the compilers
      bare.add(Loopback.megabytesPerSecond(file));
      downloads.add(rate(bytes, () -> api.read("task-instances/" + task + "/log")));
      follows.add(rate(bytes, () -> LogFollower.read(api.server(), api.token(), task)));
    }
    double growth = server.jvm().peakMiB() - before;
    double limit = Samples.of(bare).median();
    String of = "log of " + megabytes + " MB, ";
    return List.of(
        figure(of + "downloaded", downloads, limit)
            .note("bare: sendfile over loopback to a plain socket"),
        figure(of + "followed to its end", follows, limit),
        Figure.of("P11", of + "growth of resident memory, peak", growth, "MiB")
            .goal(Goal.atMost(GROWTH_MIB_MAX))
            .note("before: %.0f MiB".formatted(before)));
  }

  private static Figure figure(String name, List<Double> rates, double bare) {
    double median = Samples.of(rates.subList(1, rates.size())).median();
    return Figure.of("P11", name, median, "MB/s").beside(bare).goal(Goal.atLeast(100));
  }

  /** A read of the whole log. */
  private interface Read {
    long run() throws IOException, InterruptedException;
  }

  private static double rate(long bytes, Read read) throws IOException, InterruptedException {
    long started = System.nanoTime();
    Invariants.expect("bytes of the log", bytes, read.run());
    return bytes / MEGABYTE / ((System.nanoTime() - started) / 1e9);
  }
}
