package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import io.porpoise.bench.stage.Starts;
import io.porpoise.bench.stage.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Another state of the program beside this one, each with a server and a database of its own; they
 * get the same loads by turns, so that both meet the same noise.
 */
public final class Against implements Scenario {
  public static final String NAME = "against";
  private static final int HOPS = 40;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String goals() {
    return "";
  }

  @Override
  public String title() {
    return "another checkout (--against FOLDER, built) and this one by turns; its figure is the bare";
  }

  @Override
  public Occasion occasion() {
    return Occasion.NAMED;
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Path other = stage.knobs().against().orElse(Server.Setup.DEFAULT.home()).toAbsolutePath();
    int rounds = stage.pick(1, 6, 10);
    try (Server then = stage.another("against", Server.Setup.DEFAULT.home(other))) {
      Side before = new Side(stage, then);
      Side now = new Side(stage, stage.server());
      for (int i = 0; i < stage.pick(0, 4, 6); i++) {
        stage.say("warm round " + (i + 1));
        before.round();
        now.round();
      }
      before.forget();
      now.forget();
      for (int i = 0; i < rounds; i++) {
        stage.say("round " + (i + 1) + " of " + rounds);
        (i % 2 == 0 ? before : now).round();
        (i % 2 == 0 ? now : before).round();
      }
      return figures(before, now);
    }
  }

  private static List<Figure> figures(Side before, Side now) {
    List<Figure> figures = new ArrayList<>();
    now.values.forEach(
        (what, values) ->
            figures.add(
                Figure.of("", what.text, Samples.of(values).median(), what.unit)
                    .beside(Samples.of(before.values.get(what)).median())
                    .note("bare: the other checkout, by turns")));
    return figures;
  }

  /** What is compared: the median of the rounds. */
  private enum What {
    START("start -> first instruction, idle", "ms"),
    HOP("chain of " + HOPS + ", per hop", "ms"),
    FAN_OUT("one wide workflow of shell tasks, tasks/s", "1/s"),
    FAN_OUT_CPU("its CPU of the server a task (JVM and keeper)", "ms"),
    MANY("many workflows of five shell tasks, tasks/s", "1/s"),
    MANY_CPU("their CPU of the server a task (JVM and keeper)", "ms");

    private final String text;
    private final String unit;

    What(String text, String unit) {
      this.text = text;
      this.unit = unit;
    }
  }

  /** One of the two, and what was measured of it. */
  private static final class Side {
    private static final int FEW = 5;
    private final Server server;
    private final int wide;
    private final int many;
    private final int starts;
    private final Map<What, List<Double>> values = new LinkedHashMap<>();

    Side(Stage stage, Server server) throws IOException, InterruptedException {
      this.server = server;
      wide = stage.pick(40, 1_000, 1_000);
      many = stage.pick(5, 100, 100);
      starts = stage.pick(3, 40, 60);
      StartLatency.prepare(server.api());
      server.api().save(Chain.WORKFLOW, Scripts.chain(Chain.WORKFLOW, HOPS, Scripts.shell("true")));
      for (int tasks : List.of(wide, FEW)) {
        String name = "wide-" + tasks;
        server.api().save(name, Scripts.wide(name, tasks, Scripts.shell("echo hello")));
      }
    }

    void forget() {
      values.clear();
    }

    void round() throws IOException, InterruptedException {
      add(What.START, StartLatency.idle(server.api(), starts).median());
      add(What.HOP, Chain.perHop(server, HOPS));
      burst("wide-" + wide, 1, wide, What.FAN_OUT, What.FAN_OUT_CPU);
      burst("wide-" + FEW, many, FEW, What.MANY, What.MANY_CPU);
    }

    private void burst(String workflow, int instances, int tasksEach, What rate, What cpu)
        throws IOException, InterruptedException {
      Usage before = server.usage();
      Starts started = server.api().startAll(workflow, instances);
      Invariants.awaitEnd(server, started, Scripts.PATIENCE);
      Usage used = server.usage().minus(before);
      Invariants.check(server, started, tasksEach);
      int tasks = instances * tasksEach;
      add(rate, tasks / Bursts.seconds(server, started));
      add(cpu, used.server() * 1000 / tasks);
    }

    private void add(What what, double value) {
      values.computeIfAbsent(what, w -> new ArrayList<>()).add(value);
    }
  }
}
