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
import io.porpoise.bench.stage.WarmUp;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From sending a start request to the first instruction of its shell task; the server is idle. */
public final class StartLatency implements Scenario {
  static final String WORKFLOW = "start";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String goals() {
    return "P1";
  }

  @Override
  public String title() {
    return "start request sent -> first instruction of its shell task, the server idle";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    prepare(server.api());
    int burst = stage.pick(10, 500, 1_000);
    Invariants.awaitEnd(server, server.api().startAll(WORKFLOW, burst), Scripts.PATIENCE);
    WarmUp warm =
        WarmUp.run(stage.pick(1, 6, 10), () -> idle(server.api(), stage.pick(3, 20, 30)).median());
    double bare = BareLimits.unavoidableMillis(stage, server);
    Samples millis = idle(server.api(), stage.pick(3, 60, 200));
    Invariants.quiet(server);
    return List.of(
        Figure.of("P1", "start -> first instruction, idle, p50", millis.median(), "ms")
            .beside(bare)
            .goal(Goal.atMost(15))
            .note(
                "bare: one script and one commit; after a burst of "
                    + burst
                    + " starts, then "
                    + warm.note()),
        Figure.of("P1", "start -> first instruction, idle, p95", millis.percentile(0.95), "ms")
            .beside(bare)
            .goal(Goal.atMost(30)));
  }

  /** Saves the workflow whose task prints when it began. */
  static void prepare(Api api) throws IOException, InterruptedException {
    api.save(WORKFLOW, Scripts.wide(WORKFLOW, 1, Scripts.shell("echo $EPOCHREALTIME")));
  }

  static Samples idle(Api api, int count) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant sent = Instant.now();
      String instance = api.start(WORKFLOW);
      TimeUnit.MILLISECONDS.sleep(60); // whoever asks would use the CPU that is measured
      millis.add(firstInstruction(api, instance) - Scripts.epochMillis(sent));
    }
    return Samples.of(millis);
  }

  /** When the task of an instance began, in milliseconds; waits for its end. */
  static double firstInstruction(Api api, String instance)
      throws IOException, InterruptedException {
    JsonNode ended = api.await(instance, Scripts.PATIENCE);
    return Scripts.epochMillis(api.log(Scripts.task(ended, 0)));
  }
}
