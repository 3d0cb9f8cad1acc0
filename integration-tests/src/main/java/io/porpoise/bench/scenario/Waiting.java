package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Copies;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a hundred thousand unfinished instances cost the master that owns them while nothing happens
 * to them: bytes of heap each, and CPU.
 */
public final class Waiting implements Scenario {
  private final String name;
  private final String what;
  private final String task;
  private final String isReady;

  private Waiting(String name, String what, String task, String isReady) {
    this.name = name;
    this.what = what;
    this.task = task;
    this.isReady = isReady;
  }

  /** Tasks that wait for a worker of a group that nobody serves. */
  public static Scenario forWorkers() {
    return new Waiting(
        "unfinished",
        "waiting for a worker",
        "worker_group: nobody, " + Scripts.shell("true"),
        "SELECT COUNT(*) FROM task_instance t JOIN workflow_instance i ON i.id ="
            + " t.workflow_instance_id WHERE i.finished = 0 AND i.start_time IS NOT NULL");
  }

  /** Tasks whose retry is due in a day. */
  public static Scenario forRetries() {
    return new Waiting(
        "retries",
        "waiting for a retry",
        "fail_retry_times: 3, fail_retry_interval: 1d, " + Scripts.shell("exit 1"),
        "SELECT COUNT(*) FROM task_instance t JOIN workflow_instance i ON i.id ="
            + " t.workflow_instance_id WHERE i.finished = 0 AND t.due_at IS NOT NULL");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String goals() {
    return "P7";
  }

  @Override
  public String title() {
    return "100,000 instances " + what + ": memory each, CPU while idle";
  }

  @Override
  public Occasion occasion() {
    return Occasion.FULL;
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server.Setup setup = Server.Setup.DEFAULT.javaOptions("-Xmx1200m");
    List<Figure> figures = stage.alone(name, setup, server -> measure(stage, server));
    stage.close(); // what waits is in nobody's way any more
    return figures;
  }

  private List<Figure> measure(Stage stage, Server server)
      throws IOException, InterruptedException {
    int count = stage.pick(1_000, 100_000, 100_000);
    server.api().save(name, Scripts.wide(name, 1, task));
    long original = Long.parseLong(server.api().start(name));
    await(stage, "the first one to wait", () -> server.rows().number(isReady) == 1);
    if (!stage.isSmoke()) {
      restart(stage, server, 1); // so that both have only what a start needs
    }
    settle(stage);
    long emptyBytes = server.liveBytes();
    double emptyIdle = idlePercent(stage, server);
    double emptyMiB = server.jvm().residentMiB();
    server.stop();
    new Copies(server.rows(), List.of(original)).make(count - 1, Map.of());
    long began = System.nanoTime();
    server.launch();
    awaitOwned(stage, server, count);
    double loadedSeconds = (System.nanoTime() - began) / 1e9;
    settle(stage);
    double bytes = (server.liveBytes() - emptyBytes) / (double) (count - 1);
    double mib = server.jvm().residentMiB();
    double idle = idlePercent(stage, server);
    Invariants.expect(
        "unfinished instances",
        count,
        server.rows().number("SELECT COUNT(*) FROM workflow_instance WHERE finished = 0"));
    server.checkCalm();
    String of = count + " " + what + ": ";
    return List.of(
        Figure.of("P7", of + "heap each", bytes, "B").goal(Goal.atMost(4_096)),
        Figure.of("P7", of + "CPU, idle", idle, "%")
            .goal(Goal.atMost(2))
            .note("of one core; with one instance: %.1f %%".formatted(emptyIdle)),
        Figure.of("", of + "start until all are owned", loadedSeconds, "s"),
        Figure.of("", of + "resident (JVM)", mib, "MiB")
            .note("with one: %.0f MiB; -Xmx1200m".formatted(emptyMiB)));
  }

  /** After what the start has left to do: compilers, the archive of classes, the first sweeps. */
  private static void settle(Stage stage) throws InterruptedException {
    TimeUnit.SECONDS.sleep(stage.pick(1, 45, 60));
  }

  private static double idlePercent(Stage stage, Server server)
      throws IOException, InterruptedException {
    int seconds = stage.pick(1, 20, 60);
    double before = server.jvm().cpuSeconds();
    TimeUnit.SECONDS.sleep(seconds);
    return (server.jvm().cpuSeconds() - before) / seconds * 100;
  }

  private static void restart(Stage stage, Server server, int owned)
      throws IOException, InterruptedException {
    server.stop();
    server.launch();
    awaitOwned(stage, server, owned);
  }

  /** Until the master says in its heartbeat that it has so many. */
  private static void awaitOwned(Stage stage, Server server, int count)
      throws IOException, InterruptedException {
    await(
        stage,
        "a master to own " + count,
        () -> {
          var masters = server.api().get("cluster").get("masters");
          return masters.size() == 1
              && masters.get(0).path("load").path("running").asInt() == count;
        });
  }

  /** Something that becomes so. */
  private interface Condition {
    boolean isSo() throws IOException, InterruptedException;
  }

  private static void await(Stage stage, String what, Condition condition)
      throws IOException, InterruptedException {
    stage.say("waiting for " + what);
    long deadline = System.nanoTime() + Scripts.PATIENCE.toNanos();
    while (!condition.isSo()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("waited in vain for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
