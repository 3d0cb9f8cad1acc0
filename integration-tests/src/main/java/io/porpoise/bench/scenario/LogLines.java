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
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From a line's write to a WebSocket client, a line every 20 ms. */
public final class LogLines implements Scenario {
  private static final String WORKFLOW = "lines";

  @Override
  public String name() {
    return "log-lines";
  }

  @Override
  public String goals() {
    return "P12";
  }

  @Override
  public String title() {
    return "a line written by a task -> at a WebSocket client";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    Api api = server.api();
    int lines = stage.pick(10, 200, 1_000);
    String loop =
        "for ((i = 0; i < " + (lines + 50) + "; i++)); do echo $EPOCHREALTIME; sleep 0.02; done";
    api.save(WORKFLOW, Scripts.wide(WORKFLOW, 1, Scripts.shell(loop)));
    String instance = api.start(WORKFLOW);
    Samples millis = LineLatency.follow(api.server(), api.token(), running(api, instance), lines);
    api.await(instance, Scripts.PATIENCE);
    Invariants.quiet(server);
    return List.of(
        Figure.of("P12", "line written -> at a WebSocket client, p50", millis.median(), "ms"),
        Figure.of(
                "P12", "line written -> at a WebSocket client, p99", millis.percentile(0.99), "ms")
            .goal(Goal.atMost(100)));
  }

  /** The only task of an instance, once it runs. */
  private static String running(Api api, String instance) throws IOException, InterruptedException {
    while (true) {
      JsonNode tasks = api.get("workflow-instances/" + instance).get("tasks");
      if (!tasks.isEmpty() && !tasks.get(0).get("startTime").isNull()) {
        return tasks.get(0).get("id").asText();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
