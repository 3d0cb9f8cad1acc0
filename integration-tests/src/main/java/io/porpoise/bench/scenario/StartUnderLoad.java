package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import io.porpoise.bench.stage.Starts;
import io.porpoise.bench.stage.WarmUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The latency of a start while starts of such workflows come at half the rate that can be had. */
public final class StartUnderLoad implements Scenario {
  private static final double SHARE = 0.5;
  private static final int EVERY = 10;

  @Override
  public String name() {
    return "start-loaded";
  }

  @Override
  public String goals() {
    return "P1";
  }

  @Override
  public String title() {
    return "start request sent -> first instruction, starts coming at half the rate that can be"
        + " had";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    StartLatency.prepare(server.api());
    int burst = stage.pick(20, 500, 1_000);
    double[] rate = new double[1];
    WarmUp warm = WarmUp.run(stage.pick(1, 8, 12), () -> rate[0] = rateOfBurst(server, burst));
    double perSecond = rate[0] * SHARE;
    stage.say("%.0f starts/s, half of %.0f".formatted(perSecond, rate[0]));
    double bare = BareLimits.unavoidableMillis(stage, server);
    Load load = Load.run(server.api(), StartLatency.WORKFLOW, perSecond, stage.pick(1, 20, 60));
    Invariants.awaitEnd(server, load.starts(), Scripts.PATIENCE);
    Invariants.check(server, load.starts(), 1);
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < load.sent().size(); i += EVERY) { // reading every log would take long
      Load.Sent sent = load.sent().get(i);
      String id = Long.toString(sent.id());
      millis.add(StartLatency.firstInstruction(server.api(), id) - sent.millis());
    }
    Samples samples = Samples.of(millis);
    String at = "start -> first instruction at %.0f starts/s, ".formatted(perSecond);
    return List.of(
        Figure.of("P1", at + "p50", samples.median(), "ms")
            .beside(bare)
            .note("half the rate of a burst of " + burst + " such starts; " + warm.note()),
        Figure.of("P1", at + "p95", samples.percentile(0.95), "ms").beside(bare),
        Figure.of("P1", at + "p99", samples.percentile(0.99), "ms").beside(bare),
        Figure.of(
            "", "the 202 of such a start, p99", load.starts().ackMillis().percentile(0.99), "ms"));
  }

  private static double rateOfBurst(Server server, int count)
      throws IOException, InterruptedException {
    Starts starts = server.api().startAll(StartLatency.WORKFLOW, count);
    Invariants.awaitEnd(server, starts, Scripts.PATIENCE);
    return count / Bursts.seconds(server, starts);
  }
}
