package io.porpoise.bench.scenario;

import io.porpoise.bench.limit.Spawns;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Light shell tasks side by side, in one workflow or in many. */
public final class FanOut implements Scenario {
  private final String name;
  private final String goals;
  private final int instances;
  private final int tasksEach;
  private final double share;

  private FanOut(String name, String goals, int instances, int tasksEach, double share) {
    this.name = name;
    this.goals = goals;
    this.instances = instances;
    this.tasksEach = tasksEach;
    this.share = share;
  }

  public static Scenario oneWorkflow() {
    return new FanOut("fan-out", "P3 P18", 1, 1_000, 0.6);
  }

  public static Scenario manyWorkflows() {
    return new FanOut("many", "P4", 100, 5, 0.5);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String goals() {
    return goals;
  }

  @Override
  public String title() {
    return instances + " x " + tasksEach + " light shell tasks at once, beside the bare spawn rate";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    int starts = stage.pick(Math.min(10, instances), instances, instances);
    int each = stage.pick(Math.min(40, tasksEach), tasksEach, tasksEach);
    String workflow = name + "-" + each;
    server.api().save(workflow, Scripts.wide(workflow, each, Scripts.shell("echo hello")));
    Path folder = stage.folder("bare");
    int spawns = stage.pick(40, 1_000, 1_000);
    Bursts.Outcome outcome =
        new Bursts(server, workflow, starts, each)
            .run(stage.pick(1, 8, 12), stage.pick(1, 3, 7), () -> Spawns.perSecond(folder, spawns));
    String of = starts + " x " + each;
    Figure rate =
        Figure.of(goals.substring(0, 2), of + " shell tasks, tasks/s", outcome.rate(), "1/s")
            .beside(outcome.bare())
            .goal(Goal.shareOfBare(share))
            .note("bare: spawns by one bash; " + outcome.warm().note());
    Figure cpu =
        Figure.of(
                goals.contains("P18") ? "P18" : "",
                of + ", CPU of the server a task (JVM and keeper)",
                outcome.used().server() * 1000 / outcome.tasks(),
                "ms")
            .beside(Runtime.getRuntime().availableProcessors() * 1000 / outcome.bare())
            .goal(goals.contains("P18") ? Goal.atMost(1.8) : Goal.NONE)
            .note("bare: a bare spawn; " + outcome.used().perTask(outcome.tasks()));
    return List.of(rate, cpu);
  }
}
