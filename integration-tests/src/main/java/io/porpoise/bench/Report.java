package io.porpoise.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table for people, and the same as JSON. */
final class Report {
  private static final String ROW = "| %-4s | %-58s | %10s | %-5s | %10s | %7s | %-14s | %-6s |";

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final ObjectNode json = new ObjectMapper().createObjectNode();
  private final ArrayNode items;

  Report(String scale) throws IOException {
    json.put("time", Instant.now().toString());
    json.put("scale", scale.toLowerCase(Locale.ROOT));
    ObjectNode machine = json.putObject("machine");
    machine.put("cpus", Runtime.getRuntime().availableProcessors());
    machine.put("java", System.getProperty("java.version"));
    machine.put("kernel", System.getProperty("os.version"));
    machine.put("load", Files.readString(Path.of("/proc/loadavg")).strip());
    items = json.putArray("figures");
  }

  void add(String scenario, List<Figure> found) {
    figures.addAll(found);
    for (Figure figure : found) {
      ObjectNode item = items.addObject();
      item.put("scenario", scenario).put("id", figure.id()).put("name", figure.name());
      item.put("value", figure.value()).put("unit", figure.unit());
      if (figure.hasBare()) {
        item.put("bare", figure.bare()).put("ratio", figure.ratio());
      }
      if (figure.goal().kind() != Goal.Kind.NONE) {
        item.put("goal", figure.goal().text()).put("isReached", figure.isReached());
      }
      item.put("note", figure.note());
    }
  }

  void failed(String scenario, Exception why) {
    failures.add(scenario + ": " + why.getMessage());
    json.withArray("failures").add(scenario + ": " + why);
  }

  boolean isWhole() {
    return failures.isEmpty();
  }

  void print() {
    System.out.println(row("", "figure", "value", "unit", "bare", "ratio", "goal (first)", ""));
    System.out.println("|---|---|---|---|---|---|---|---|");
    figures.forEach(figure -> System.out.println(row(figure)));
    List<Figure> noted = figures.stream().filter(figure -> !figure.note().isEmpty()).toList();
    if (!noted.isEmpty()) {
      System.out.println();
      noted.forEach(figure -> System.out.println("- " + figure.name() + ": " + figure.note()));
    }
    failures.forEach(failure -> System.out.println("FAILED " + failure));
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
  }

  static String row(Figure figure) {
    boolean hasGoal = figure.goal().kind() != Goal.Kind.NONE;
    return row(
        figure.id(),
        figure.name(),
        number(figure.value()),
        figure.unit(),
        figure.hasBare() ? number(figure.bare()) : "",
        figure.hasBare() ? String.format(Locale.ROOT, "%.2f", figure.ratio()) : "",
        figure.goal().text(),
        hasGoal ? figure.isReached() ? "yes" : "MISSED" : "");
  }

  private static String row(String... cells) {
    return String.format(ROW, (Object[]) cells);
  }

  /** Three digits that say something. */
  private static String number(double value) {
    double size = Math.abs(value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
