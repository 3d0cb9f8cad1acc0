package io.porpoise.bench;

import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Stage;
import io.porpoise.processes.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the scenarios that were asked for, one after the other, and prints the table.
 *
 * <p>Arguments: an empty folder for data and results, then those of {@code scripts/bench}.
 */
public final class Bench {
  private static final int WRONG = 2;

  private Bench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]).toAbsolutePath();
    Options options;
    try {
      options = Options.parse(List.of(args).subList(1, args.length));
    } catch (Options.Wrong e) {
      System.err.println("bench: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(WRONG);
      return;
    }
    if (options.isList()) {
      list();
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> tidy(folder)));
    Report report = run(folder, options);
    report.print();
    report.write(options.json().orElse(folder.resolve("results.json")));
    System.exit(report.isWhole() ? 0 : 1);
  }

  /**
   * Servers, databases and keepers outlive who started them; an interrupt must not leave them
   * behind. Whoever started this program may name the folder as well.
   */
  private static void tidy(Path folder) {
    Set<Long> above =
        Stream.iterate(
                ProcessHandle.current().parent(),
                Optional::isPresent,
                process -> process.flatMap(ProcessHandle::parent))
            .map(process -> process.get().pid())
            .collect(Collectors.toSet());
    ServerProcess.leftOvers(folder).stream()
        .filter(process -> !above.contains(process.pid()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static void list() {
    for (Scenario scenario : Scenarios.ALL) {
      String when =
          switch (scenario.occasion()) {
            case USUAL -> "";
            case FULL -> "  (with --full)";
            case NAMED -> "  (only when named)";
          };
      System.out.printf(
          "%-15s %-8s %s%s%n", scenario.name(), scenario.goals(), scenario.title(), when);
    }
  }

  /** One that fails does not keep the others from being measured. */
  private static Report run(Path folder, Options options) throws IOException, InterruptedException {
    Report report = new Report(options.scale().name());
    try (Stage stage = new Stage(folder, options.scale(), options.knobs())) {
      for (Scenario scenario : options.scenarios()) {
        stage.say(scenario.name() + ": " + scenario.title());
        try {
          List<Figure> figures = scenario.run(stage);
          report.add(scenario.name(), figures);
          figures.forEach(figure -> stage.say("  " + Report.row(figure)));
        } catch (IOException | RuntimeException e) {
          stage.say(scenario.name() + " failed: " + e);
          report.failed(scenario.name(), e);
        }
      }
    }
    return report;
  }
}
