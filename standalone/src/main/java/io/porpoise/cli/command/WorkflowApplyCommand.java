package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.client.Problem;
import io.porpoise.cli.source.WorkflowSource;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Fields;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code porpoise workflow apply}: saves files as new versions; makes the project if there is none.
 */
@Command(name = "apply", description = "Saves workflow files; unchanged content keeps its version.")
public final class WorkflowApplyCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(names = "--project", paramLabel = "NAME", description = "Wins over project: in the file.")
  private String project;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Workflow files (YAML).")
  private List<Path> files;

  @Override
  public Integer call() {
    WorkflowFiles reader = new WorkflowFiles(options.environment());
    ApiClient api = options.api();
    ArrayNode results = ApiClient.JSON.createArrayNode();
    // All files are read before the first is sent: a misspelt name must not leave half of them
    // applied.
    Map<Path, WorkflowSource> sources = new LinkedHashMap<>();
    files.stream().map(reader::read).forEach(source -> collect(source, sources));
    for (WorkflowSource source : sources.values()) {
      apply(api, source, reader.nameOf(source, project), results);
    }
    if (options.isJson()) {
      options.printJson(results);
    }
    return 0;
  }

  /** What a workflow refers to comes before it. */
  private static void collect(WorkflowSource source, Map<Path, WorkflowSource> into) {
    source.needs().forEach(needed -> collect(needed, into));
    into.putIfAbsent(source.file().toAbsolutePath().normalize(), source);
  }

  private void apply(ApiClient api, WorkflowSource source, WorkflowName name, ArrayNode results) {
    ApiClient.Answer answer;
    try {
      answer = put(api, source, name);
    } catch (Problem e) {
      if (e.status() != 404) {
        throw explained(source, e);
      }
      createProject(api, name.project());
      try {
        answer = put(api, source, name);
      } catch (Problem again) {
        throw explained(source, again);
      }
    }
    results.add(answer.body());
    say(
        "%s: version %s, %s%s"
            .formatted(
                name,
                Fields.text(answer.body(), "version"),
                Fields.text(answer.body(), "releaseState"),
                answer.status() == 201 ? ", new" : ""));
    warn(options, source, answer.body());
  }

  /** Tells people what does not hinder a save but will hinder a run. */
  static void warn(CommandOptions options, WorkflowSource source, JsonNode answer) {
    if (!options.isJson() && !answer.path("warnings").isEmpty()) {
      options.terminal().note(Problem.faults("warning: " + source.file(), answer.path("warnings")));
    }
  }

  private static ApiClient.Answer put(ApiClient api, WorkflowSource source, WorkflowName name) {
    return api.send("PUT", name.path(), source.text(), WorkflowFiles.TYPE);
  }

  private void createProject(ApiClient api, String name) {
    try {
      api.post(
          "/api/v1/projects",
          ApiClient.JSON.createObjectNode().put("name", name).put("description", ""));
      say("project " + name + " did not exist; created it");
    } catch (Problem e) {
      if (e.status() != 409) {
        throw e;
      }
    }
  }

  static CliException explained(WorkflowSource source, Problem problem) {
    return problem.errors().isEmpty()
        ? CliException.failure(source.file() + ": " + problem.getMessage(), problem)
        : CliException.failure(Problem.faults(source.file().toString(), problem.errors()), problem);
  }

  private void say(String line) {
    if (!options.isJson()) {
      options.terminal().line(line);
    }
  }
}
