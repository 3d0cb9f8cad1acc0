package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Cluster;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Stage;
import io.porpoise.cluster.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code kill -9} of one of two masters, with so many unfinished instances: the time until the
 * other has claimed its slots, and until it has all its instances in memory and goes on with them.
 * They wait for a worker of a group that nobody serves, so that nothing but the take-over happens.
 */
public final class TakeOver implements Scenario {
  private static final String VICTIM = "master-1";
  private static final String SURVIVOR = "master-2";
  private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int MANY = 20_000;
  private static final Pattern ADOPTED =
      Pattern.compile("slots adopted.*?slots=\"?(\\d+).*?instances=\"?(\\d+)");
  private static final String WORKFLOW =
      """
      workflow: {name: waits}
      tasks:
        - {name: wait, task_type: Shell, worker_group: nobody, command: "true"}
      """;

  @Override
  public String name() {
    return "take-over";
  }

  @Override
  public String goals() {
    return "P10";
  }

  @Override
  public String title() {
    return "kill -9 of one of two masters that owns 1,000, then 10,000 unfinished instances";
  }

  @Override
  public Occasion occasion() {
    return Occasion.FULL;
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    try (Cluster cluster = stage.cluster(name(), 2, 1)) {
      cluster.api().save("waits", WORKFLOW);
      Kill kill = new Kill(stage, cluster, figures);
      kill.run(0, stage.pick(200, 2_000, 2_000));
      if (!stage.isSmoke()) {
        cluster.processes().start(VICTIM);
        kill.run(2_000, MANY);
      }
    }
    return figures;
  }

  /** The kills of one cluster. */
  private record Kill(Stage stage, Cluster cluster, List<Figure> figures) {

    void run(int there, int instances) throws IOException, InterruptedException {
      stage.say("starting instances: " + instances + " unfinished ones in all");
      cluster.api().startAll("waits", instances - there);
      String begun =
          "SELECT COUNT(*) FROM workflow_instance WHERE finished = 0 AND start_time IS NOT NULL";
      await("the instances to be taken up", () -> cluster.rows().number(begun) == instances);
      await("both masters to own slots", () -> owned(VICTIM) > 0 && free() == 0);
      await("the survivor to be quiet", new Quiet(log())::isSo);
      long lost =
          cluster
              .rows()
              .number(
                  "SELECT COUNT(*) FROM workflow_instance i JOIN slot s ON s.slot = i.slot WHERE"
                      + " i.finished = 0 AND s.owner = '"
                      + VICTIM
                      + "'");
      long slots = owned(VICTIM);
      long logged = Files.size(log());
      stage.say("kill -9 of " + VICTIM + ": " + slots + " slots with " + lost + " instances");
      long killed = System.nanoTime();
      cluster.processes().process(VICTIM).destroyForcibly();
      await("the slots to be claimed", () -> owned(SURVIVOR) == Slot.COUNT);
      long claimed = System.nanoTime();
      await("the instances to be loaded", () -> adopted(logged).slots() >= slots);
      long loaded = System.nanoTime();
      Invariants.expect("instances loaded", lost, adopted(logged).instances());
      cluster.checkCalm();
      String of = ", of " + lost + " instances";
      figures.add(seconds("kill -9 -> slots claimed" + of, killed, claimed));
      figures.add(seconds("slots claimed -> all loaded" + of, claimed, loaded));
      Figure all = seconds("kill -9 -> all go on" + of, killed, loaded);
      figures.add(instances >= MANY ? all.goal(Goal.atMost(3)) : all);
    }

    private static Figure seconds(String name, long from, long to) {
      return Figure.of("P10", name, (to - from) / 1e9, "s");
    }

    private long owned(String master) {
      return cluster.rows().number("SELECT COUNT(*) FROM slot WHERE owner = '" + master + "'");
    }

    private long free() {
      return cluster.rows().number("SELECT COUNT(*) FROM slot WHERE owner IS NULL");
    }

    private Path log() {
      return cluster
          .processes()
          .directory()
          .resolve(SURVIVOR)
          .resolve("logs")
          .resolve("master.log");
    }

    private Adopted adopted(long sinceByte) throws IOException {
      byte[] log = Files.readAllBytes(log());
      int from = (int) sinceByte;
      Matcher lines =
          ADOPTED.matcher(new String(log, from, log.length - from, StandardCharsets.UTF_8));
      int slots = 0;
      int instances = 0;
      while (lines.find()) {
        slots += Integer.parseInt(lines.group(1));
        instances += Integer.parseInt(lines.group(2));
      }
      return new Adopted(slots, instances);
    }
  }

  private record Adopted(int slots, int instances) {}

  /** Something that may become so. */
  private interface Condition {
    boolean isSo() throws IOException;
  }

  private static void await(String what, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.isSo()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("waited in vain for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Nothing was logged for three seconds. */
  private static final class Quiet {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(3);
    private final Path log;
    private long size = -1;
    private long sinceNanos;

    Quiet(Path log) {
      this.log = log;
    }

    boolean isSo() throws IOException {
      if (Files.size(log) != size) {
        size = Files.size(log);
        sinceNanos = System.nanoTime();
      }
      return System.nanoTime() - sinceNanos > LONG_NANOS;
    }
  }
}
