package io.porpoise.bench.stage;

import java.io.IOException;
import java.util.List;

/** One load and the figures that it gives. */
public interface Scenario {
  /** As it is named on the command line. */
  String name();

  /** The figures of GOALS.md that it measures, e.g. {@code P3 P18}; empty when there are none. */
  String goals();

  /** One line that says what is done. */
  String title();

  /** When it runs without being named. */
  default Occasion occasion() {
    return Occasion.USUAL;
  }

  /**
   * Runs the load.
   *
   * @throws IOException also when something did not go as it must: then there is no figure
   */
  List<Figure> run(Stage stage) throws IOException, InterruptedException;

  /** When a scenario runs without being named. */
  enum Occasion {
    /** In every run. */
    USUAL,
    /** With {@code --full}, since it takes minutes. */
    FULL,
    /** Never. */
    NAMED
  }
}
