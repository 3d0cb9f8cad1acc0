package io.porpoise.bench.scenario;

import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import io.porpoise.bench.stage.Starts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The same load for a long time: what grows with history shows. */
public final class Steady implements Scenario {
  private static final String WORKFLOW = "steady";
  private static final double FLAT = 1.1;
  private static final int SECONDS_PER_MINUTE = 60;

  /** One minute of the load. */
  private record Minute(Samples millis, long heapBytes, double residentMiB) {}

  @Override
  public String name() {
    return "steady";
  }

  @Override
  public String goals() {
    return "P17";
  }

  @Override
  public String title() {
    return "100 tasks/s for 10 minutes (--minutes): latency and heap at the end and at the"
        + " beginning";
  }

  @Override
  public Occasion occasion() {
    return Occasion.NAMED;
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    Server server = stage.server();
    server.api().save(WORKFLOW, Scripts.wide(WORKFLOW, 1, Scripts.shell("true")));
    double perSecond = stage.pick(20, 100, 100);
    double minutes = stage.knobs().minutes() > 0 ? stage.knobs().minutes() : 10;
    double part = stage.isSmoke() ? 1 : SECONDS_PER_MINUTE;
    int parts = stage.isSmoke() ? 2 : (int) Math.max(2, Math.round(minutes));
    minute(server, perSecond, part); // warm
    List<Minute> measured = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      measured.add(minute(server, perSecond, part));
      Minute last = measured.get(i);
      stage.say(
          "minute %d: p50 %.1f ms, p99 %.1f ms, heap %.1f MiB"
              .formatted(
                  i + 1,
                  last.millis.median(),
                  last.millis.percentile(0.99),
                  last.heapBytes / 1024.0 / 1024));
    }
    return figures("%.0f tasks/s, ".formatted(perSecond), measured);
  }

  private static Minute minute(Server server, double perSecond, double seconds)
      throws IOException, InterruptedException {
    Starts starts = Load.run(server.api(), WORKFLOW, perSecond, seconds).starts();
    Invariants.awaitEnd(server, starts, Scripts.PATIENCE);
    Invariants.check(server, starts, 1);
    List<Double> millis = new ArrayList<>();
    server
        .rows()
        .query("SELECT end_time - created_at FROM workflow_instance WHERE " + starts.where("id"))
        .forEach(row -> millis.add(row.getLong(0) / 1e3));
    return new Minute(Samples.of(millis), server.liveBytes(), server.jvm().residentMiB());
  }

  private static List<Figure> figures(String of, List<Minute> minutes) {
    Minute first = minutes.get(0);
    Minute last = minutes.get(minutes.size() - 1);
    String span = ", minute " + minutes.size() + " / minute 1";
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.of("P17", of + "accepted -> ended, p50", last.millis.median(), "ms")
            .note("the last minute"));
    figures.add(
        Figure.of("P17", of + "accepted -> ended, p99", last.millis.percentile(0.99), "ms")
            .note("the last minute"));
    figures.add(flat(of + "p50" + span, last.millis.median(), first.millis.median()));
    figures.add(
        flat(of + "p99" + span, last.millis.percentile(0.99), first.millis.percentile(0.99)));
    figures.add(flat(of + "living heap" + span, last.heapBytes, first.heapBytes));
    figures.add(
        Figure.of("", of + "resident (JVM), last minute", last.residentMiB, "MiB")
            .note("the first minute: %.0f MiB".formatted(first.residentMiB)));
    return figures;
  }

  private static Figure flat(String name, double last, double first) {
    return Figure.of("P17", name, last / first, "").goal(Goal.atMost(FLAT));
  }
}
