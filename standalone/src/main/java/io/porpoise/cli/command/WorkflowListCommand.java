package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code porpoise workflow list}: the workflows of one project, or of all. */
@Command(name = "list", description = "Lists workflows.")
public final class WorkflowListCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(names = "--project", paramLabel = "NAME", description = "Default: all projects.")
  private String project;

  @Override
  public Integer call() {
    ApiClient api = options.api();
    ArrayNode all = ApiClient.JSON.createArrayNode();
    Table table = new Table("project", "workflow", "version", "release", "description");
    for (String name : projects(api)) {
      for (JsonNode workflow : Pages.all(api, WorkflowName.projectPath(name) + "/workflows")) {
        all.add(workflow);
        table.row(
            name,
            Fields.text(workflow, "name"),
            Fields.text(workflow, "version"),
            Fields.text(workflow, "releaseState"),
            Fields.text(workflow, "description"));
      }
    }
    if (options.isJson()) {
      options.printJson(all);
    } else if (table.isEmpty()) {
      options.terminal().note("no workflows; porpoise workflow apply FILE makes one");
    } else {
      table.print(options.terminal());
    }
    return 0;
  }

  private List<String> projects(ApiClient api) {
    if (project != null) {
      return List.of(project);
    }
    List<String> names = new ArrayList<>();
    Pages.all(api, "/api/v1/projects").forEach(p -> names.add(Fields.text(p, "name")));
    names.sort(null);
    return names;
  }
}
