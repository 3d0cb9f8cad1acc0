package io.porpoise.cli.command;

import io.porpoise.cli.client.Credentials;
import io.porpoise.cli.source.AuthorSettings;
import io.porpoise.cli.source.SourceReader;
import io.porpoise.cli.source.WorkflowSource;
import io.porpoise.cli.terminal.CliException;
import java.nio.file.Path;
import java.util.Map;

/** Workflow files of the command line, and the workflows that they are meant to be. */
final class WorkflowFiles {
  static final String TYPE = "application/yaml";

  private final SourceReader reader;
  private final Map<String, String> environment;

  WorkflowFiles(Map<String, String> environment) {
    this.environment = environment;
    this.reader =
        new SourceReader(new AuthorSettings(environment, Credentials.directory(environment)));
  }

  WorkflowSource read(Path file) {
    return reader.read(file);
  }

  /**
   * The name that a file is applied as.
   *
   * @param project of {@code --project}, which wins over the file's; or null
   */
  WorkflowName nameOf(WorkflowSource source, String project) {
    if (source.name().isEmpty()) {
      throw CliException.failure(
          source.file() + ": no workflow.name; a workflow file begins with  workflow: {name: ...}");
    }
    String in = project;
    if (in == null || in.isEmpty()) {
      in = source.project().isEmpty() ? environment.get("PORPOISE_PROJECT") : source.project();
    }
    if (in == null || in.isEmpty()) {
      throw CliException.usage(
          source.file() + ": which project? Say --project PROJECT, or project: in the file");
    }
    return new WorkflowName(in, source.name());
  }
}
