package io.porpoise.bench.scenario;

import io.porpoise.bench.limit.PlainClient;
import io.porpoise.bench.limit.Spawns;
import io.porpoise.bench.stage.Cluster;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same load on a cluster of processes with one node of a kind, and with more. On one machine
 * they share its cores: the figure shows what sharing the work costs, not what it brings.
 */
public final class MoreNodes implements Scenario {
  private static final int NOOPS = 20;

  /** One cluster's load. */
  private interface Measure {
    Bursts.Outcome of(Stage stage, Cluster cluster) throws IOException, InterruptedException;
  }

  private final String name;
  private final String load;
  private final int masters;
  private final int workers;
  private final Measure measure;

  private MoreNodes(String name, String load, int masters, int workers, Measure measure) {
    this.name = name;
    this.load = load;
    this.masters = masters;
    this.workers = workers;
    this.measure = measure;
  }

  /** Orchestration alone, 1 against 2 masters. */
  public static Scenario masters() {
    return new MoreNodes("masters", "20 no-op tasks a workflow", 2, 1, MoreNodes::orchestration);
  }

  /** A fan-out, 1 against 4 workers. */
  public static Scenario workers() {
    return new MoreNodes("workers", "a fan-out of shell tasks", 1, 4, MoreNodes::fanOut);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String goals() {
    return "";
  }

  @Override
  public String title() {
    return "a cluster, %s: 1 master and 1 worker against %d and %d"
        .formatted(load, masters, workers);
  }

  @Override
  public Occasion occasion() {
    return Occasion.FULL;
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    double one = 0;
    for (int[] nodes :
        stage.isSmoke()
            ? new int[][] {{masters, workers}}
            : new int[][] {{1, 1}, {masters, workers}}) {
      try (Cluster cluster = stage.cluster(name, nodes[0], nodes[1])) {
        Bursts.Outcome outcome = measure.of(stage, cluster);
        String with = "%d masters, %d workers: ".formatted(nodes[0], nodes[1]);
        figures.add(
            Figure.of(with + load + ", tasks/s", outcome.rate(), "1/s")
                .beside(outcome.bare())
                .note(outcome.used().perTask(outcome.tasks()) + "; " + outcome.warm().note()));
        if (one > 0) {
          figures.add(
              Figure.of("", "that against one of each, own rates", outcome.rate() / one, ""));
        }
        one = outcome.rate();
      }
    }
    return figures;
  }

  private static Bursts.Outcome orchestration(Stage stage, Cluster cluster)
      throws IOException, InterruptedException {
    cluster.api().save("noops", Scripts.chain("noops", NOOPS, Orchestration.TASK));
    try (PlainClient client =
        new PlainClient(
            cluster.processes().databaseUri(),
            cluster.processes().databaseUser(),
            cluster.processes().databasePassword())) {
      return new Bursts(cluster, "noops", stage.pick(20, 1_000, 1_000), NOOPS)
          .run(
              stage.pick(1, 8, 12),
              stage.pick(1, 3, 5),
              () -> client.rowsPerSecond(stage.pick(4, 40, 100)));
    }
  }

  private static Bursts.Outcome fanOut(Stage stage, Cluster cluster)
      throws IOException, InterruptedException {
    int tasks = stage.pick(40, 1_000, 1_000);
    Path bare = stage.folder("bare");
    cluster.api().save("fan", Scripts.wide("fan", tasks, Scripts.shell("echo hello")));
    return new Bursts(cluster, "fan", 1, tasks)
        .run(
            stage.pick(1, 8, 12),
            stage.pick(1, 3, 5),
            () -> Spawns.perSecond(bare, stage.pick(40, 1_000, 1_000)));
  }
}
