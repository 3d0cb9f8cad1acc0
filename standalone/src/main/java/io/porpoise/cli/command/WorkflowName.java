package io.porpoise.cli.command;

import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.CliException;
import java.util.Map;

/** A workflow as the user names it: {@code PROJECT/WORKFLOW}, or the project by another way. */
record WorkflowName(String project, String workflow) {
  /**
   * @param name {@code WORKFLOW} or {@code PROJECT/WORKFLOW}
   * @param project of {@code --project}, or null
   */
  static WorkflowName of(String name, String project, Map<String, String> environment) {
    int slash = name.indexOf('/');
    if (slash > 0 && slash < name.length() - 1) {
      return new WorkflowName(name.substring(0, slash), name.substring(slash + 1));
    }
    String in = project == null ? environment.get("PORPOISE_PROJECT") : project;
    if (in == null || in.isEmpty()) {
      throw CliException.usage(
          "which project? Say PROJECT/%s or --project PROJECT (or set PORPOISE_PROJECT)"
              .formatted(name));
    }
    return new WorkflowName(in, name);
  }

  String path() {
    return projectPath(project) + "/workflows/" + ApiClient.encode(workflow);
  }

  static String projectPath(String project) {
    return "/api/v1/projects/" + ApiClient.encode(project);
  }

  @Override
  public String toString() {
    return project + "/" + workflow;
  }
}
