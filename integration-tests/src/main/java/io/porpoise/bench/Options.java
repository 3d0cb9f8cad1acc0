package io.porpoise.bench;

import io.porpoise.bench.scenario.Against;
import io.porpoise.bench.stage.Scale;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Scenario.Occasion;
import io.porpoise.bench.stage.Stage.Knobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What the command line wants. */
record Options(
    boolean isList, Scale scale, List<Scenario> scenarios, Optional<Path> json, Knobs knobs) {
  static final String USAGE =
      """
      scripts/bench [--smoke | --full] [--scenario NAME[,NAME...]] [--json FILE] [--minutes N] [--rows N]
      scripts/bench --against FOLDER
      scripts/bench --list
      """;

  /** A command line that cannot be understood. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String what) {
      super(what);
    }
  }

  static Options parse(List<String> arguments) {
    Scale scale = Scale.USUAL;
    List<Scenario> named = new ArrayList<>();
    Optional<Path> json = Optional.empty();
    double minutes = 0;
    long rows = 0;
    Optional<Path> against = Optional.empty();
    boolean isList = false;
    for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
      String word = words.next();
      switch (word) {
        case "--list" -> isList = true;
        case "--smoke" -> scale = Scale.SMOKE;
        case "--full" -> scale = Scale.FULL;
        case "--json" -> json = Optional.of(Path.of(next(word, words)));
        case "--minutes" -> minutes = number(word, next(word, words));
        case "--rows" -> rows = (long) number(word, next(word, words));
        case "--against" -> {
          against = Optional.of(Path.of(next(word, words)));
          named.add(scenario(Against.NAME));
        }
        case "--scenario" -> {
          for (String name : next(word, words).split(",")) {
            named.add(scenario(name));
          }
        }
        default -> throw new Wrong("unknown option " + word);
      }
    }
    Scale size = scale;
    List<Scenario> chosen =
        named.isEmpty()
            ? Scenarios.ALL.stream().filter(s -> isMeant(s.occasion(), size)).toList()
            : named;
    return new Options(isList, scale, chosen, json, new Knobs(minutes, rows, against));
  }

  private static boolean isMeant(Occasion occasion, Scale scale) {
    return switch (scale) {
      case SMOKE -> true;
      case USUAL -> occasion == Occasion.USUAL;
      case FULL -> occasion != Occasion.NAMED;
    };
  }

  private static String next(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new Wrong(option + " wants a value");
    }
    return words.next();
  }

  private static double number(String option, String value) {
    try {
      return Double.parseDouble(value.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new Wrong(option + " wants a number, not " + value);
    }
  }

  private static Scenario scenario(String name) {
    return Scenarios.ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Wrong("there is no scenario " + name + " (--list tells them)"));
  }
}
