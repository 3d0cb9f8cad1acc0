package io.porpoise.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/** The workflows that several scenarios run, and what their tasks print. */
final class Scripts {
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private Scripts() {}

  /** Tasks side by side. */
  static String wide(String name, int tasks, String task) {
    StringBuilder yaml = new StringBuilder("workflow: {name: " + name + "}\ntasks:\n");
    for (int i = 0; i < tasks; i++) {
      yaml.append("  - {name: t").append(i).append(", ").append(task).append("}\n");
    }
    return yaml.toString();
  }

  /** Tasks one after the other. */
  static String chain(String name, int tasks, String task) {
    StringBuilder yaml = new StringBuilder("workflow: {name: " + name + "}\ntasks:\n");
    for (int i = 0; i < tasks; i++) {
      yaml.append("  - {name: t").append(i).append(", ").append(task);
      yaml.append(i == 0 ? "}\n" : ", deps: [t" + (i - 1) + "]}\n");
    }
    return yaml.toString();
  }

  static String shell(String command) {
    return "task_type: Shell, command: '" + command + "'";
  }

  /** The time that {@code $EPOCHREALTIME} says, in milliseconds; some locales have a comma. */
  static double epochMillis(String printed) {
    return Double.parseDouble(printed.strip().replace(',', '.')) * 1000;
  }

  static double epochMillis(Instant time) {
    return time.getEpochSecond() * 1000.0 + time.getNano() / 1e6;
  }

  /** From the first to the last state of an instance. */
  static Duration took(JsonNode ended) {
    return Duration.between(
        Instant.parse(ended.get("startTime").asText()),
        Instant.parse(ended.get("endTime").asText()));
  }

  static String task(JsonNode instance, int index) {
    return instance.get("tasks").get(index).get("id").asText();
  }
}
