package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Proc;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long a start takes, and what a server costs that has nothing to do. */
public final class StartUp implements Scenario {
  @Override
  public String name() {
    return "start-up";
  }

  @Override
  public String goals() {
    return "P6";
  }

  @Override
  public String title() {
    return "start to ready; memory, threads and CPU of a server that is idle";
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    return stage.alone(name(), Server.Setup.DEFAULT, server -> measure(stage, server));
  }

  private static List<Figure> measure(Stage stage, Server server)
      throws IOException, InterruptedException {
    double first = server.readySeconds();
    List<Double> seconds = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int i = 0; i < stage.pick(1, 3, 5); i++) {
      server.stop();
      server.launch();
      seconds.add(server.readySeconds());
      cpu.add(server.jvm().cpuSeconds());
    }
    TimeUnit.SECONDS.sleep(stage.pick(1, 45, 60));
    double before = server.jvm().cpuSeconds();
    int idleSeconds = stage.pick(1, 10, 30);
    TimeUnit.SECONDS.sleep(idleSeconds);
    double idle = (server.jvm().cpuSeconds() - before) / idleSeconds * 100;
    return List.of(
        Figure.of("P6", "first start to ready, empty schema", first, "s"),
        Figure.of("P6", "start to ready, data there, p50", median(seconds), "s")
            .goal(Goal.atMost(10)),
        Figure.of("P6", "CPU of the JVM until ready, p50", median(cpu), "s"),
        Figure.of("P6", "resident, idle (JVM)", server.jvm().residentMiB(), "MiB")
            .goal(Goal.atMost(400)),
        Figure.of(
            "P6",
            "resident, idle (mariadbd)",
            new Proc(server.database().pid()).residentMiB(),
            "MiB"),
        Figure.of("P6", "threads, idle (JVM)", server.jvm().status("Threads"), "")
            .goal(Goal.atMost(60)),
        Figure.of("P6", "CPU of the JVM, idle", idle, "%"));
  }

  private static double median(List<Double> values) {
    return Samples.of(values).median();
  }
}
