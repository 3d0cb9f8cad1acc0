package io.porpoise.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of the result.
 *
 * @param goal of GOALS.md, e.g. P1, or empty for what is only told
 * @param bare what a plain program reached in the same run, in the same unit; NaN when there is
 *     none
 */
record Figure(String goal, String name, double value, double bare, String unit, String first) {
  static Figure of(String goal, String name, double value, String unit, String first) {
    return new Figure(goal, name, value, Double.NaN, unit, first);
  }

  Figure beside(double limit) {
    return new Figure(goal, name, value, limit, unit, first);
  }

  String row() {
    String ratio = Double.isNaN(bare) ? "" : String.format("%.2f", value / bare);
    String limit = Double.isNaN(bare) ? "" : String.format("%.1f", bare);
    return String.format(
        "| %-3s | %-52s | %10.1f | %10s | %6s | %-8s | %-16s |",
        goal, name, value, limit, ratio, unit, first);
  }

  /** The table for people, and the same as JSON. */
  static void print(List<Figure> figures, Path folder) throws IOException {
    System.out.printf(
        "| %-3s | %-52s | %10s | %10s | %6s | %-8s | %-16s |%n",
        "", "figure", "value", "bare", "ratio", "unit", "goal (first)");
    System.out.println("|---|---|---|---|---|---|---|");
    figures.forEach(figure -> System.out.println(figure.row()));
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("results.json").toFile(), figures);
  }
}
