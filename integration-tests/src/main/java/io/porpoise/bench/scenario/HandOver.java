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
import io.porpoise.bench.stage.WarmUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * From the last instruction of one script to the first of the next, over the border of an instance:
 * down into a sub-workflow, up out of it, and to the next of a serial queue.
 */
public final class HandOver implements Scenario {
  private static final String PARENT =
      """
      workflow: {name: hand-over-parent}
      tasks:
        - {name: before, task_type: Shell, command: 'echo $EPOCHREALTIME'}
        - {name: sub, task_type: SubWorkflow, workflow_name: hand-over-child, deps: [before]}
        - {name: after, task_type: Shell, command: 'echo $EPOCHREALTIME', deps: [sub]}
      """;
  private static final String SERIAL =
      """
      workflow: {name: hand-over-serial, execution_type: SERIAL_WAIT}
      tasks:
        - {name: t, task_type: Shell, command: 'echo $EPOCHREALTIME'}
      """;
  private static final Goal FIRST = Goal.atMost(20);

  private record Trip(List<Double> down, List<Double> up) {}

  @Override
  public String name() {
    return "hand-over";
  }

  @Override
  public String goals() {
    return "P9";
  }

  @Override
  public String title() {
    return "into a sub-workflow, out of it, and to the next of a serial queue: script to script";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    Api api = server.api();
    api.save(
        "hand-over-child",
        Scripts.wide("hand-over-child", 1, Scripts.shell("echo $EPOCHREALTIME")));
    api.save("hand-over-parent", PARENT);
    api.save("hand-over-serial", SERIAL);
    int count = stage.pick(2, 30, 100);
    WarmUp warm =
        WarmUp.run(stage.pick(1, 5, 8), () -> Samples.of(nested(api, count / 2).up).median());
    serial(server, count / 2);
    double bare = BareLimits.unavoidableMillis(stage, server);
    Trip trip = nested(api, count);
    Samples serial = Samples.of(serial(server, count));
    Invariants.quiet(server);
    List<Figure> figures = new ArrayList<>();
    add(figures, "into a sub-workflow", Samples.of(trip.down), bare, warm.note());
    add(figures, "out of a sub-workflow", Samples.of(trip.up), bare, "");
    add(figures, "to the next of a serial queue", serial, bare, "");
    return figures;
  }

  private static void add(
      List<Figure> figures, String name, Samples millis, double bare, String note) {
    figures.add(
        Figure.of("P9", name + ", script to script, p50", millis.median(), "ms")
            .beside(bare)
            .goal(FIRST)
            .note(note));
    figures.add(
        Figure.of("P9", name + ", script to script, p95", millis.percentile(0.95), "ms")
            .beside(bare));
  }

  private static Trip nested(Api api, int count) throws IOException, InterruptedException {
    Trip trip = new Trip(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < count; i++) {
      String parent = api.start("hand-over-parent");
      Thread.sleep(80);
      JsonNode ended = api.await(parent, Scripts.PATIENCE);
      double before = 0;
      double inside = 0;
      double after = 0;
      for (JsonNode task : ended.get("tasks")) {
        switch (task.get("name").asText()) {
          case "before" -> before = printed(api, task);
          case "after" -> after = printed(api, task);
          default -> inside = StartLatency.firstInstruction(api, task.get("child").asText());
        }
      }
      trip.down.add(inside - before);
      trip.up.add(after - inside);
    }
    return trip;
  }

  /** Between each and the next of so many that wait for each other. */
  private static List<Double> serial(Server server, int count)
      throws IOException, InterruptedException {
    Starts starts = server.api().startAll("hand-over-serial", count + 1);
    Invariants.awaitEnd(server, starts, Scripts.PATIENCE);
    Invariants.check(server, starts, 1);
    List<Double> times = new ArrayList<>();
    for (long id : starts.ids()) {
      times.add(StartLatency.firstInstruction(server.api(), Long.toString(id)));
    }
    // Who comes first in the queue is decided by the database, not by the id.
    times.sort(null);
    List<Double> gaps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      gaps.add(times.get(i) - times.get(i - 1));
    }
    return gaps;
  }

  private static double printed(Api api, JsonNode task) throws IOException, InterruptedException {
    return Scripts.epochMillis(api.log(task.get("id").asText()));
  }
}
