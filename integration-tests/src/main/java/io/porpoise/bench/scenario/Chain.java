package io.porpoise.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.bench.stage.Api;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import io.porpoise.bench.stage.Starts;
import io.porpoise.bench.stage.Usage;
import io.porpoise.bench.stage.WarmUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A chain of light shell tasks, nothing else running. */
public final class Chain implements Scenario {
  private static final int LENGTH = 40;
  static final String WORKFLOW = "chain";

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public String goals() {
    return "P2";
  }

  @Override
  public String title() {
    return "a chain of 40 light shell tasks, per hop";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    int length = stage.pick(5, LENGTH, LENGTH);
    server.api().save(WORKFLOW, Scripts.chain(WORKFLOW, length, Scripts.shell("true")));
    WarmUp warm = WarmUp.run(stage.pick(1, 8, 12), () -> perHop(server, length));
    double bare = BareLimits.unavoidableMillis(stage, server);
    List<Double> hops = new ArrayList<>();
    int runs = stage.pick(1, 8, 20);
    Usage before = server.usage();
    for (int i = 0; i < runs; i++) {
      hops.add(perHop(server, length));
    }
    Usage used = server.usage().minus(before);
    Samples millis = Samples.of(hops);
    return List.of(
        Figure.of("P2", "chain of " + length + ", per hop, p50 of the runs", millis.median(), "ms")
            .beside(bare)
            .goal(Goal.atMost(15))
            .note("bare: one script and one commit; " + warm.note()),
        Figure.of("P2", "the same, the slowest run", millis.percentile(1), "ms")
            .beside(bare)
            .note(used.perTask(runs * length)));
  }

  static double perHop(Server server, int length) throws IOException, InterruptedException {
    Api api = server.api();
    Starts started = api.startAll(WORKFLOW, 1);
    TimeUnit.MILLISECONDS.sleep(length * 4L);
    JsonNode ended = api.await(Long.toString(started.first()), Scripts.PATIENCE);
    Invariants.check(server, started, length);
    return Scripts.took(ended).toNanos() / 1e6 / length;
  }
}
