package io.porpoise.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code porpoise workflow get}: a definition as YAML that can be applied again, or as JSON. */
@Command(name = "get", description = "Prints a workflow as YAML (or -o json).")
public final class WorkflowGetCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(names = "--project", paramLabel = "NAME", description = "Unless WORKFLOW names it.")
  private String project;

  @Option(names = "--version", paramLabel = "N", description = "Default: the newest.")
  private Integer version;

  @Parameters(paramLabel = "WORKFLOW", description = "Its name, or PROJECT/WORKFLOW.")
  private String workflow;

  @Override
  public Integer call() {
    String path =
        WorkflowName.of(workflow, project, options.environment()).path()
            + (version == null ? "" : "?version=" + version);
    if (options.isJson()) {
      options.printJson(options.api().get(path));
    } else {
      options.terminal().print(options.api().getText(path, WorkflowFiles.TYPE));
      options.terminal().flush();
    }
    return 0;
  }
}
