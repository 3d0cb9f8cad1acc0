package io.porpoise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.node.config.Config;
import io.porpoise.standalone.mariadb.EmbeddedMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long the largest things that are promised take through the API of a fresh standalone server
 * with a MariaDB of its own: a workflow of 10,000 tasks and 50,000 edges, 1,000 parameters, a
 * script of 1 MB, a value of 64 KiB and one above.
 *
 * <p>Arguments: a folder for data and results, the number of tasks, and the command that starts
 * standalone.
 */
public final class LargeWorkflows {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int EDGES_OF_A_TASK = 5;
  private static final int PARAMETERS = 1_000;
  private static final int VALUE_BYTES = 64 * 1024;

  private final List<Figure> figures = new ArrayList<>();
  private final Api api;
  private final Server server;
  private double cpuBefore;

  private LargeWorkflows(Api api, Server server) {
    this.api = api;
    this.server = server;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]).toAbsolutePath();
    Files.createDirectories(folder.resolve("data"));
    int tasks = Integer.parseInt(args[1]);
    List<String> command = List.of(args).subList(2, args.length);
    try (EmbeddedMariaDb database =
        EmbeddedMariaDb.start(
            folder.resolve("database"), Config.defaults().standalone(), LargeWorkflows::say)) {
      Map<String, String> environment =
          Map.of(
              "PORPOISE_DATABASE_URI", database.uri(),
              "PORPOISE_DATABASE_USER", database.user(),
              "PORPOISE_DATABASE_PASSWORD", database.password());
      try (Server server = Server.start(command, folder.resolve("data"), environment)) {
        LargeWorkflows measured =
            new LargeWorkflows(new Api(server.uri(), "admin", "porpoise123"), server);
        measured.graph(tasks);
        measured.parameters();
        measured.script();
        measured.values();
        measured.figure("resident (JVM)", server.status("VmRSS") / 1024.0, "MiB", "");
        Figure.print(measured.figures, folder);
      }
    }
  }

  private void graph(int tasks) throws IOException, InterruptedException {
    String of = " of " + tasks + " tasks";
    String yaml = graphOf("large", tasks, i -> "command: 'true'");
    say("save" + of);
    api.save(
        "small", "workflow: {name: small}\ntasks: [{name: t, task_type: Shell, command: x}]\n");
    figure("save" + of, millis(() -> api.save("large", yaml)), "ms", "3000");
    figure("save again" + of, millis(() -> api.save("large", yaml)), "ms", "3000");
    figure("open the definition" + of, opened("projects/bench/workflows/large"), "ms", "300");
    say("dry run" + of);
    JsonNode[] ran = new JsonNode[1];
    double dryMillis = millis(() -> ran[0] = await(api.start("large", "{\"dryRun\": true}")));
    JsonNode dry = ran[0];
    check(dry, tasks);
    figure("dry run" + of + ", until seen", dryMillis, "ms", "");
    figure("open the dry run", opened("workflow-instances/" + dry.get("id").asText()), "ms", "300");
    say("run" + of);
    JsonNode run = await(api.start("large", "{}"));
    check(run, tasks);
    figure("run" + of + " `true`", took(run), "ms", "");
    figure("open the run", opened("workflow-instances/" + run.get("id").asText()), "ms", "300");
    say("run" + of + " that pass values on");
    api.save("passing", graphOf("passing", tasks, LargeWorkflows::passing));
    JsonNode passed = await(api.start("passing", "{}"));
    check(passed, tasks);
    figure("run" + of + " that pass a value on", took(passed), "ms", "");
  }

  /** Reads the value of the task before, and an unknown one, and sets its own. */
  private static String passing(int task) {
    return "command: 'echo ${n} ${HOME} \"#{setValue(n=" + task + ")}\"', output_params: [n]";
  }

  private interface Body {
    String of(int task);
  }

  /** Each task follows the five before it, as far as there are any, in layers of a hundred. */
  private static String graphOf(String name, int tasks, Body body) {
    StringBuilder yaml = new StringBuilder("workflow: {name: " + name + "}\ntasks:\n");
    for (int i = 0; i < tasks; i++) {
      yaml.append("- {name: t").append(i).append(", task_type: Shell, ").append(body.of(i));
      int layer = i / 100 * 100;
      if (layer > 0) {
        yaml.append(", deps: [");
        for (int k = 0; k < EDGES_OF_A_TASK; k++) {
          yaml.append(k == 0 ? "t" : ", t").append(layer - 100 + (i + k * 17) % 100);
        }
        yaml.append(']');
      }
      yaml.append("}\n");
    }
    return yaml.toString();
  }

  private void parameters() throws IOException, InterruptedException {
    say(PARAMETERS + " parameters");
    StringBuilder yaml = new StringBuilder("workflow:\n  name: parameters\n  param:\n");
    StringBuilder command = new StringBuilder("echo");
    for (int i = 0; i < PARAMETERS; i++) {
      yaml.append("    p").append(i).append(": \"$[yyyyMMdd-").append(i).append("]\"\n");
      command.append(" ${p").append(i).append('}');
    }
    yaml.append("tasks: [{name: t, task_type: Shell, command: '").append(command).append("'}]\n");
    figure(
        "save with " + PARAMETERS + " parameters",
        millis(() -> api.save("parameters", yaml.toString())),
        "ms",
        "");
    JsonNode ended = await(api.start("parameters", "{}"));
    String printed = api.log(ended.get("tasks").get(0).get("id").asText());
    if (printed.split(" ").length != PARAMETERS || printed.contains("$")) {
      throw new IOException("not all parameters were replaced: " + printed);
    }
    figure("run with " + PARAMETERS + " parameters", took(ended), "ms", "");
  }

  private void script() throws IOException, InterruptedException {
    say("a script of 1 MB");
    String line = "      : " + "x".repeat(56) + "\n";
    String yaml =
        "workflow: {name: script}\ntasks:\n  - name: t\n    task_type: Shell\n    command: |\n"
            + line.repeat(1_000_000 / (line.length() - 6))
            + "      echo done\n";
    figure("save with a script of 1 MB", millis(() -> api.save("script", yaml)), "ms", "");
    JsonNode ended = await(api.start("script", "{}"));
    if (!api.log(ended.get("tasks").get(0).get("id").asText()).contains("done")) {
      throw new IOException("the script has not run to its end");
    }
    figure("run of a script of 1 MB", took(ended), "ms", "");
  }

  private void values() throws IOException, InterruptedException {
    say("values of 64 KiB and above");
    for (int bytes : new int[] {VALUE_BYTES, VALUE_BYTES + 1}) {
      String value = "$(head -c " + bytes + " /dev/zero | tr '\\0' x)";
      api.save(
          "value",
          "workflow: {name: value}\ntasks:\n"
              + "- name: t\n  task_type: Shell\n  output_params: [v]\n"
              + "  command: |\n    echo \"#{setValue(v="
              + value
              + ")}\"\n"
              + "- {name: u, task_type: Shell, deps: [t], command: 'v=\"${v}\"; echo ${#v}'}\n");
      JsonNode ended = api.ended(api.start("value", "{}"), PATIENCE);
      String state = ended.get("state").asText();
      boolean isGood = state.equals("SUCCEEDED");
      if (isGood != (bytes <= VALUE_BYTES)) {
        throw new IOException("with " + bytes + " bytes: " + ended);
      }
      figure(
          isGood
              ? "run with a value of " + bytes + " bytes"
              : "with " + bytes + " bytes it FAILED: " + ended.get("reason").get("text").asText(),
          took(ended),
          "ms",
          "");
    }
  }

  private interface Call {
    void run() throws IOException, InterruptedException;
  }

  private double millis(Call call) throws IOException, InterruptedException {
    long start = System.nanoTime();
    call.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** The median of some reads. */
  private double opened(String path) throws IOException, InterruptedException {
    double[] millis = new double[9];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = millis(() -> api.text(path));
    }
    return new Samples(millis).percentile(0.5);
  }

  private JsonNode await(String instance) throws IOException, InterruptedException {
    JsonNode ended = api.ended(instance, PATIENCE);
    if (!ended.get("state").asText().equals("SUCCEEDED")) {
      throw new IOException("instance " + instance + ": " + ended.get("reason"));
    }
    return ended;
  }

  private static void check(JsonNode ended, int tasks) throws IOException {
    if (ended.get("tasks").size() != tasks) {
      throw new IOException(ended.get("tasks").size() + " of " + tasks + " tasks");
    }
  }

  private static double took(JsonNode ended) {
    Instant start = Instant.parse(ended.get("startTime").asText());
    return Duration.between(start, Instant.parse(ended.get("endTime").asText())).toNanos() / 1e6;
  }

  private void figure(String name, double value, String unit, String goal) throws IOException {
    figures.add(Figure.of("", name, value, unit, goal));
    double cpu = server.cpuSeconds();
    say(
        "%s: %.0f %s (the server has used %.2f s of CPU since the last figure)"
            .formatted(name, value, unit, cpu - cpuBefore));
    cpuBefore = cpu;
  }

  private static void say(String what) {
    System.err.println("bench: " + what);
  }
}
