package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.client.Problem;
import io.porpoise.cli.source.WorkflowSource;
import io.porpoise.cli.terminal.CliException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code porpoise workflow validate}: what the server would say, without saving anything. */
@Command(name = "validate", description = "Checks a workflow file; saves nothing.")
public final class WorkflowValidateCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(names = "--project", paramLabel = "NAME", description = "Wins over project: in the file.")
  private String project;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Workflow files (YAML).")
  private List<Path> files;

  @Override
  public Integer call() {
    WorkflowFiles reader = new WorkflowFiles(options.environment());
    ApiClient api = options.api();
    boolean isValid = true;
    for (Path file : files) {
      isValid &= validate(api, reader, reader.read(file));
    }
    return isValid ? 0 : CliException.FAILURE;
  }

  private boolean validate(ApiClient api, WorkflowFiles reader, WorkflowSource source) {
    // A file without a name is the server's to complain about; the path just needs one.
    WorkflowName name =
        source.name().isEmpty()
            ? new WorkflowName(project == null ? "any" : project, "unnamed")
            : new WorkflowName(projectOr(reader, source), source.name());
    JsonNode body;
    try {
      body = api.send("POST", name.path() + "/validate", source.text(), WorkflowFiles.TYPE).body();
    } catch (Problem e) {
      throw WorkflowApplyCommand.explained(source, e);
    }
    boolean isValid = body.path("valid").asBoolean();
    if (options.isJson()) {
      options.printJson(body);
    } else if (isValid) {
      options.terminal().line(source.file() + ": valid");
      WorkflowApplyCommand.warn(options, source, body);
    } else {
      options.terminal().note(Problem.faults(source.file().toString(), body.path("errors")));
    }
    return isValid;
  }

  private String projectOr(WorkflowFiles reader, WorkflowSource source) {
    boolean isNamed =
        project != null
            || !source.project().isEmpty()
            || options.environment().containsKey("PORPOISE_PROJECT");
    return isNamed ? reader.nameOf(source, project).project() : "any";
  }
}
