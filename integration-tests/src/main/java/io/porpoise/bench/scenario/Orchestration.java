package io.porpoise.bench.scenario;

import io.porpoise.bench.limit.PlainClient;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import io.porpoise.bench.stage.Usage;
import java.io.IOException;
import java.util.List;

/** Orchestration alone: tasks of the engine that end at once, no worker, every state durable. */
public final class Orchestration implements Scenario {
  static final String TASK = "task_type: NoOp";
  private static final int INSTANCES = 1_000;
  private static final int TASKS = 20;

  @Override
  public String name() {
    return "orchestration";
  }

  @Override
  public String goals() {
    return "P5 P15";
  }

  @Override
  public String title() {
    return "1,000 workflows x a chain of 20 no-op tasks, and the same side by side: tasks/s,"
        + " commits a task";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    int instances = stage.pick(20, INSTANCES, INSTANCES);
    server.api().save("noops", Scripts.chain("noops", TASKS, TASK));
    server.api().save("noops-wide", Scripts.wide("noops-wide", TASKS, TASK));
    try (PlainClient client = BareLimits.plainClient(server)) {
      Bursts.Outcome chain = measure(stage, server, client, "noops", instances);
      Bursts.Outcome wide = measure(stage, server, client, "noops-wide", instances);
      String of = instances + " x " + TASKS + " no-op tasks";
      return List.of(
          Figure.of("P5", of + " in chains, tasks/s", chain.rate(), "1/s")
              .beside(chain.bare())
              .goal(Goal.atLeast(5_000))
              .note("bare: rows in durable commits of 500; " + chain.warm().note()),
          Figure.of("P5", "in chains, all CPU a task", allMicros(chain), "us")
              .goal(Goal.atMost(400))
              .note(chain.used().perTask(chain.tasks())),
          commits("in chains, commits a task", chain),
          Figure.of("", of + " side by side, tasks/s", wide.rate(), "1/s")
              .beside(wide.bare())
              .note(wide.warm().note()),
          Figure.of("", "side by side, all CPU a task", allMicros(wide), "us")
              .note(wide.used().perTask(wide.tasks())),
          commits("side by side, commits a task", wide));
    }
  }

  private static Bursts.Outcome measure(
      Stage stage, Server server, PlainClient client, String workflow, int instances)
      throws IOException, InterruptedException {
    return new Bursts(server, workflow, instances, TASKS)
        .run(
            stage.pick(1, 8, 12),
            stage.pick(1, 3, 5),
            () -> client.rowsPerSecond(stage.pick(4, 40, 100)));
  }

  private static double allMicros(Bursts.Outcome outcome) {
    Usage used = outcome.used();
    return (used.server() + used.database()) * 1e6 / outcome.tasks();
  }

  /** A start commits by itself, without a COMMIT that the database would count. */
  private static Figure commits(String name, Bursts.Outcome outcome) {
    double starts = outcome.tasks() / (double) TASKS;
    return Figure.of("P15", name, (outcome.commits() + starts) / outcome.tasks(), "")
        .goal(Goal.atMost(0.2))
        .note(
            "%.3f of masters, %.3f of starts"
                .formatted((double) outcome.commits() / outcome.tasks(), starts / outcome.tasks()));
  }
}
