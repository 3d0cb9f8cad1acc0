package io.porpoise.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.bench.stage.Api;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Invariants;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the largest things that are promised take through the API: a workflow of 10,000 tasks
 * and 50,000 edges, 1,000 parameters, a script of 1 MB, a value of 64 KiB and one above.
 */
public final class LargeWorkflows implements Scenario {
  private static final int EDGES_OF_A_TASK = 5;
  private static final int PARAMETERS = 1_000;
  private static final int VALUE_BYTES = 64 * 1024;

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public String goals() {
    return "";
  }

  @Override
  public String title() {
    return "a workflow of 10,000 tasks and 50,000 edges, 1,000 parameters, a script of 1 MB, values"
        + " of 64 KiB";
  }

  @Override
  public Occasion occasion() {
    return Occasion.NAMED;
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    int tasks = stage.pick(200, 10_000, 10_000);
    return stage.alone(
        name(), Server.Setup.DEFAULT, server -> new Measured(stage, server).all(tasks));
  }

  /** One run. */
  private static final class Measured {
    private final List<Figure> figures = new ArrayList<>();
    private final Stage stage;
    private final Server server;
    private final Api api;
    private double cpuBefore;

    Measured(Stage stage, Server server) {
      this.stage = stage;
      this.server = server;
      api = server.api();
    }

    List<Figure> all(int tasks) throws IOException, InterruptedException {
      graph(tasks);
      parameters();
      script();
      values();
      Invariants.quiet(server);
      figures.add(Figure.of("resident (JVM)", server.jvm().residentMiB(), "MiB"));
      return figures;
    }

    private void graph(int tasks) throws IOException, InterruptedException {
      String of = " of " + tasks + " tasks";
      String yaml = graphOf("large", tasks, i -> "command: 'true'");
      stage.say("save" + of);
      api.save(
          "small", "workflow: {name: small}\ntasks: [{name: t, task_type: Shell, command: x}]\n");
      figure("save" + of, millis(() -> api.save("large", yaml)), "ms", Goal.atMost(3_000));
      figure("save again" + of, millis(() -> api.save("large", yaml)), "ms", Goal.atMost(3_000));
      figure(
          "open the definition" + of,
          opened("projects/bench/workflows/large"),
          "ms",
          Goal.atMost(300));
      stage.say("dry run" + of);
      JsonNode[] ran = new JsonNode[1];
      double dryMillis = millis(() -> ran[0] = await(api.start("large", "{\"dryRun\": true}")));
      JsonNode dry = ran[0];
      check(dry, tasks);
      figure("dry run" + of + ", until seen", dryMillis, "ms", Goal.NONE);
      figure(
          "open the dry run",
          opened("workflow-instances/" + dry.get("id").asText()),
          "ms",
          Goal.atMost(300));
      stage.say("run" + of);
      JsonNode run = await(api.start("large", "{}"));
      check(run, tasks);
      figure("run" + of + " `true`", millisOf(run), "ms", Goal.NONE);
      figure(
          "open the run",
          opened("workflow-instances/" + run.get("id").asText()),
          "ms",
          Goal.atMost(300));
      stage.say("run" + of + " that pass values on");
      api.save("passing", graphOf("passing", tasks, LargeWorkflows::passing));
      JsonNode passed = await(api.start("passing", "{}"));
      check(passed, tasks);
      figure("run" + of + " that pass a value on", millisOf(passed), "ms", Goal.NONE);
    }

    private void parameters() throws IOException, InterruptedException {
      stage.say(PARAMETERS + " parameters");
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
          Goal.NONE);
      JsonNode ended = await(api.start("parameters", "{}"));
      String printed = api.log(ended.get("tasks").get(0).get("id").asText());
      if (printed.split(" ").length != PARAMETERS || printed.contains("$")) {
        throw new IOException("not all parameters were replaced: " + printed);
      }
      figure("run with " + PARAMETERS + " parameters", millisOf(ended), "ms", Goal.NONE);
    }

    private void script() throws IOException, InterruptedException {
      stage.say("a script of 1 MB");
      String line = "      : " + "x".repeat(56) + "\n";
      String yaml =
          "workflow: {name: script}\ntasks:\n  - name: t\n    task_type: Shell\n    command: |\n"
              + line.repeat(1_000_000 / (line.length() - 6))
              + "      echo done\n";
      figure("save with a script of 1 MB", millis(() -> api.save("script", yaml)), "ms", Goal.NONE);
      JsonNode ended = await(api.start("script", "{}"));
      if (!api.log(ended.get("tasks").get(0).get("id").asText()).contains("done")) {
        throw new IOException("the script has not run to its end");
      }
      figure("run of a script of 1 MB", millisOf(ended), "ms", Goal.NONE);
    }

    private void values() throws IOException, InterruptedException {
      stage.say("values of 64 KiB and above");
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
        JsonNode ended = api.ended(api.start("value", "{}"), Scripts.PATIENCE);
        String state = ended.get("state").asText();
        boolean isGood = state.equals("SUCCEEDED");
        if (isGood != (bytes <= VALUE_BYTES)) {
          throw new IOException("with " + bytes + " bytes: " + ended);
        }
        figure(
            isGood ? "run with a value of " + bytes + " bytes" : bytes + " bytes, until it FAILED",
            millisOf(ended),
            "ms",
            Goal.NONE);
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
      JsonNode ended = api.ended(instance, Scripts.PATIENCE);
      if (!ended.get("state").asText().equals("SUCCEEDED")) {
        throw new IOException("instance " + instance + ": " + ended.get("reason"));
      }
      return ended;
    }

    private void figure(String name, double value, String unit, Goal goal) throws IOException {
      figures.add(Figure.of(name, value, unit).goal(goal));
      double cpu = server.jvm().cpuSeconds();
      stage.say(
          "%s: %.0f %s (the server has used %.2f s of CPU since the last figure)"
              .formatted(name, value, unit, cpu - cpuBefore));
      cpuBefore = cpu;
    }
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

  private static void check(JsonNode ended, int tasks) throws IOException {
    if (ended.get("tasks").size() != tasks) {
      throw new IOException(ended.get("tasks").size() + " of " + tasks + " tasks");
    }
  }

  private static double millisOf(JsonNode ended) {
    return Scripts.took(ended).toNanos() / 1e6;
  }
}
