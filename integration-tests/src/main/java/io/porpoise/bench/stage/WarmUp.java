package io.porpoise.bench.stage;

import java.io.IOException;

/**
 * A JVM that has just started interprets and compiles. So a load is run until two rounds in
 * succession differ by less than 15 %, or so often.
 */
public record WarmUp(int rounds, boolean isSteady) {
  private static final double STEADY = 0.15;

  /** One round of a load; gives its figure. */
  public interface Round {
    double run() throws IOException, InterruptedException;
  }

  public static WarmUp run(int roundsMax, Round round) throws IOException, InterruptedException {
    double last = Double.NaN;
    for (int i = 1; i <= roundsMax; i++) {
      double value = round.run();
      System.err.printf("bench: warm round %d: %.1f%n", i, value);
      if (Math.abs(value - last) < STEADY * last) {
        return new WarmUp(i, true);
      }
      last = value;
    }
    return new WarmUp(roundsMax, false);
  }

  /** For the table. */
  public String note() {
    return isSteady
        ? "after " + rounds + " warm rounds"
        : "after " + rounds + " rounds, not yet steady";
  }
}
