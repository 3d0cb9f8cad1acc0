package io.porpoise.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * What {@code scripts/chaos} was asked for.
 *
 * @param directory of its own
 * @param perSecond instances started per second
 */
record ChaosOptions(
    Path directory, double minutes, long seed, double perSecond, int masters, int workers) {
  private static final int SEEDS = 1_000_000;

  /** Reads the arguments; an {@link IllegalArgumentException} says what is wrong with them. */
  static ChaosOptions parse(Path directory, List<String> arguments) {
    double minutes = 5;
    long seed = new Random().nextInt(SEEDS);
    double rate = 3;
    int masters = 2;
    int workers = 3;
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      switch (option) {
        case "--minutes" -> minutes = number(option, arguments, ++i);
        case "--seed" -> seed = (long) number(option, arguments, ++i);
        case "--rate" -> rate = number(option, arguments, ++i);
        case "--masters" -> masters = (int) number(option, arguments, ++i);
        case "--workers" -> workers = (int) number(option, arguments, ++i);
        default -> throw new IllegalArgumentException("unknown option " + option + " (try --help)");
      }
    }
    if (masters < 2 || workers < 2 || minutes <= 0 || rate <= 0) {
      throw new IllegalArgumentException(
          "there must be 2 masters and 2 workers at least, and more than 0 minutes and instances");
    }
    return new ChaosOptions(directory, minutes, seed, rate, masters, workers);
  }

  long millis() {
    return (long) (minutes * 60_000);
  }

  private static double number(String option, List<String> arguments, int index) {
    String text = index < arguments.size() ? arguments.get(index) : "nothing";
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " takes a number, not " + text, e);
    }
  }
}
