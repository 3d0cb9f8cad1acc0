package io.porpoise.bench.scenario;

import io.porpoise.bench.limit.BusEcho;
import io.porpoise.bench.limit.PlainClient;
import io.porpoise.bench.limit.Spawns;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What this machine does without Porpoise. */
public final class BareLimits implements Scenario {
  @Override
  public String name() {
    return "bare";
  }

  @Override
  public String goals() {
    return "";
  }

  @Override
  public String title() {
    return "what plain programs reach: spawns, durable commits, multi-row inserts, bus round trips";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Path folder = stage.folder(name());
    int spawns = stage.pick(50, 1_000, 2_000);
    double rate = Spawns.perSecond(folder, spawns);
    double spawn = Spawns.millis(folder, stage.pick(10, 100, 200)).median();
    double trip = BusEcho.micros(folder, stage.pick(200, 5_000, 10_000)).median();
    try (PlainClient client = plainClient(stage.server())) {
      double commit = client.commitMillis(stage.pick(20, 300, 1_000)).median();
      double rows = client.rowsPerSecond(stage.pick(4, 60, 200));
      return List.of(
          Figure.of("bare: spawns by one bash", rate, "1/s"),
          Figure.of("bare: one bash script, start to end, p50", spawn, "ms"),
          Figure.of("bare: one durable commit, p50", commit, "ms"),
          Figure.of("bare: rows in durable commits of 500", rows, "1/s"),
          Figure.of("bare: bus round trip between two JVMs, p50", trip, "us"));
    }
  }

  static PlainClient plainClient(Server server) {
    return new PlainClient(
        server.database().uri(), server.database().user(), server.database().password());
  }

  /** Milliseconds that no start can save: a bash, and one durable commit. */
  static double unavoidableMillis(Stage stage, Server server)
      throws IOException, InterruptedException {
    try (PlainClient client = plainClient(server)) {
      return Spawns.millis(stage.folder("bare"), stage.pick(10, 60, 100)).median()
          + client.commitMillis(stage.pick(20, 200, 500)).median();
    }
  }
}
