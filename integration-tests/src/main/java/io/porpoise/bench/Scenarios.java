package io.porpoise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** The loads. Each checks that what should have run has run before it gives a figure. */
final class Scenarios {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Api api;

  Scenarios(Api api) {
    this.api = api;
  }

  /**
   * Milliseconds from sending a start request to the first instruction of its shell task; the
   * server is idle.
   */
  Samples startToFirstInstruction(int count) throws IOException, InterruptedException {
    api.save(
        "start",
        "workflow: {name: start}\ntasks:\n  - {name: t, task_type: Shell, command: 'echo $EPOCHREALTIME'}\n");
    for (int warm = 0; warm < 10; warm++) {
      api.await(api.start("start"), PATIENCE);
    }
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      Instant sent = Instant.now();
      JsonNode ended = api.await(api.start("start"), PATIENCE);
      String line = api.log(ended.get("tasks").get(0).get("id").asText()).trim();
      double ran = Double.parseDouble(line.replace(',', '.')) * 1000;
      millis[i] = ran - (sent.getEpochSecond() * 1000.0 + sent.getNano() / 1e6);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return new Samples(millis);
  }

  /** Milliseconds per hop of a chain of light tasks, over several runs. */
  Samples perHop(int length, int runs) throws IOException, InterruptedException {
    StringBuilder yaml = new StringBuilder("workflow: {name: chain}\ntasks:\n");
    for (int i = 0; i < length; i++) {
      yaml.append("  - {name: t").append(i).append(", task_type: Shell, command: 'true'");
      yaml.append(i == 0 ? "}\n" : ", deps: [t" + (i - 1) + "]}\n");
    }
    api.save("chain", yaml.toString());
    api.await(api.start("chain"), PATIENCE);
    double[] perHop = new double[runs];
    for (int i = 0; i < runs; i++) {
      JsonNode ended = api.await(api.start("chain"), PATIENCE);
      check(ended, length);
      perHop[i] = took(ended).toNanos() / 1e6 / length;
    }
    return new Samples(perHop);
  }

  /** Tasks per second of one workflow with so many light tasks side by side. */
  double fanOut(int tasks) throws IOException, InterruptedException {
    StringBuilder yaml = new StringBuilder("workflow: {name: fan" + tasks + "}\ntasks:\n");
    for (int i = 0; i < tasks; i++) {
      yaml.append("  - {name: t").append(i).append(", task_type: Shell, command: 'echo hello'}\n");
    }
    api.save("fan" + tasks, yaml.toString());
    JsonNode ended = api.await(api.start("fan" + tasks), PATIENCE);
    check(ended, tasks);
    return tasks / (took(ended).toNanos() / 1e9);
  }

  /** Milliseconds from a line's write to a WebSocket client, a line every 20 ms. */
  Samples lineLatency(int lines) throws IOException, InterruptedException {
    api.save(
        "lines",
        "workflow: {name: lines}\ntasks:\n  - {name: t, task_type: Shell, command: 'for ((i = 0; i < "
            + (lines + 50)
            + "; i++)); do echo $EPOCHREALTIME; sleep 0.02; done'}\n");
    String instance = api.start("lines");
    JsonNode tasks = api.get("workflow-instances/" + instance).get("tasks");
    while (tasks.isEmpty() || tasks.get(0).get("startTime").isNull()) {
      TimeUnit.MILLISECONDS.sleep(20);
      tasks = api.get("workflow-instances/" + instance).get("tasks");
    }
    String task = tasks.get(0).get("id").asText();
    Samples samples = LineLatency.follow(api.server(), api.token(), task, lines);
    api.await(instance, PATIENCE);
    return samples;
  }

  private static void check(JsonNode ended, int tasks) throws IOException {
    long succeeded =
        StreamSupport.stream(ended.get("tasks").spliterator(), false)
            .filter(task -> task.get("state").asText().equals("SUCCEEDED"))
            .count();
    if (succeeded != tasks) {
      throw new IOException(succeeded + " of " + tasks + " tasks succeeded");
    }
  }

  private static Duration took(JsonNode ended) {
    return Duration.between(
        Instant.parse(ended.get("startTime").asText()),
        Instant.parse(ended.get("endTime").asText()));
  }
}
