package io.porpoise.bench;

import io.porpoise.node.config.Config;
import io.porpoise.standalone.mariadb.EmbeddedMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the scenarios against a fresh standalone server with a MariaDB of its own, and prints the
 * table.
 *
 * <p>Arguments: a folder for data and results, {@code smoke} or {@code full}, and the command that
 * starts standalone.
 */
public final class Bench {
  private final List<Figure> figures = new ArrayList<>();
  private final Path folder;
  private final boolean isSmoke;
  private final List<String> command;

  private Bench(Path folder, boolean isSmoke, List<String> command) {
    this.folder = folder;
    this.isSmoke = isSmoke;
    this.command = command;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]).toAbsolutePath();
    Files.createDirectories(folder);
    List<String> command = List.of(args).subList(2, args.length);
    Bench bench = new Bench(folder, args[1].equals("smoke"), command);
    bench.run();
    Figure.print(bench.figures, folder);
  }

  private void run() throws IOException, InterruptedException {
    try (EmbeddedMariaDb database =
        EmbeddedMariaDb.start(
            folder.resolve("database"), Config.defaults().standalone(), Bench::say)) {
      Map<String, String> environment =
          Map.of(
              "PORPOISE_DATABASE_URI", database.uri(),
              "PORPOISE_DATABASE_USER", database.user(),
              "PORPOISE_DATABASE_PASSWORD", database.password());
      Path data = folder.resolve("data");
      Files.createDirectories(data);
      try (Server first = Server.start(command, data, environment)) {
        figures.add(Figure.of("P6", "first start to ready", first.readySeconds, "s", "20"));
      }
      try (Server server = Server.start(command, data, environment)) {
        figures.add(Figure.of("P6", "start to ready, data there", server.readySeconds, "s", "10"));
        say("idle for 5 s");
        Thread.sleep(5000);
        figures.add(
            Figure.of("P6", "resident, idle (JVM)", server.status("VmRSS") / 1024.0, "MiB", "400"));
        figures.add(Figure.of("P6", "threads, idle", server.status("Threads"), "", "60"));
        measure(server, database);
      }
    }
  }

  private void measure(Server server, EmbeddedMariaDb database)
      throws IOException, InterruptedException {
    Scenarios scenarios = new Scenarios(new Api(server.uri(), "admin", "porpoise123"));
    Path bare = folder.resolve("bare");
    Files.createDirectories(bare);

    say("start latency");
    Samples spawn = BareLimits.spawnMillis(bare, 50);
    Samples commit =
        BareLimits.commitMillis(database.uri(), database.user(), database.password(), 200);
    figures.add(
        Figure.of("", "bare: one bash script, start to end, p50", spawn.percentile(0.5), "ms", ""));
    figures.add(Figure.of("", "bare: one durable commit, p50", commit.percentile(0.5), "ms", ""));
    Samples start = scenarios.startToFirstInstruction(30);
    double unavoidable = spawn.percentile(0.5) + commit.percentile(0.5);
    figures.add(
        Figure.of("P1", "start -> first instruction, idle, p50", start.percentile(0.5), "ms", "15")
            .beside(unavoidable));
    figures.add(
        Figure.of(
            "P1", "start -> first instruction, idle, p95", start.percentile(0.95), "ms", "30"));

    say("chain of 40");
    Samples hop = scenarios.perHop(40, isSmoke ? 3 : 10);
    figures.add(
        Figure.of("P2", "chain of 40, per hop, p50", hop.percentile(0.5), "ms", "15")
            .beside(unavoidable));

    say("log lines, live");
    Samples line = scenarios.lineLatency(200);
    figures.add(
        Figure.of(
            "P12", "line written -> at a WebSocket client, p50", line.percentile(0.5), "ms", ""));
    figures.add(
        Figure.of(
            "P12",
            "line written -> at a WebSocket client, p99",
            line.percentile(0.99),
            "ms",
            "100"));

    int wide = isSmoke ? 200 : 1000;
    say("fan-out of " + wide);
    scenarios.fanOut(wide);
    double cpu = server.cpuSeconds();
    double spawnsPerSecond = BareLimits.spawnsPerSecond(bare, wide);
    double fanOut = scenarios.fanOut(wide);
    figures.add(
        Figure.of("P3", "fan-out 1 x " + wide + ", tasks/s", fanOut, "1/s", "60 % of bare")
            .beside(spawnsPerSecond));
    figures.add(
        Figure.of(
            "P18",
            "server CPU per task of that fan-out",
            (server.cpuSeconds() - cpu) * 1000 / wide,
            "ms",
            "1.8"));
  }

  private static void say(String what) {
    System.err.println("bench: " + what);
  }
}
