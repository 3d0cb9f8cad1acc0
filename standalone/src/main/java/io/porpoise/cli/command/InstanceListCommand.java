package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.Table;
import io.porpoise.cli.terminal.Times;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code porpoise instance list}: newest first. */
@Command(name = "list", description = "Lists workflow instances, newest first.")
public final class InstanceListCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(names = "--project", paramLabel = "NAME", description = "Only of this project.")
  private String project;

  @Option(names = "--workflow", paramLabel = "NAME", description = "Only of this workflow.")
  private String workflow;

  @Option(names = "--state", paramLabel = "STATE", description = "Only in this state.")
  private String state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Override
  public Integer call() {
    StringBuilder path = new StringBuilder("/api/v1/workflow-instances?limit=").append(limit);
    filter(path, "project", project);
    filter(path, "workflow", workflow);
    filter(path, "state", state == null ? null : state.toUpperCase(Locale.ROOT));
    JsonNode page = options.api().get(path.toString());
    if (options.isJson()) {
      options.printJson(page);
      return 0;
    }
    Table table =
        new Table("id", "project", "workflow", "version", "state", "started", "took", "reason");
    Instant now = Instant.now();
    for (JsonNode instance : page.path("items")) {
      Instant start = Fields.time(instance, "startTime");
      table.row(
          Fields.text(instance, "id"),
          Fields.text(instance, "project"),
          Fields.text(instance, "workflow"),
          Fields.text(instance, "version"),
          Table.state(Fields.text(instance, "state")),
          Times.local(start),
          Times.span(start, Fields.time(instance, "endTime"), now),
          Fields.reason(instance));
    }
    if (table.isEmpty()) {
      options.terminal().note("no instances");
    } else {
      table.print(options.terminal());
    }
    return 0;
  }

  private static void filter(StringBuilder path, String name, String value) {
    if (value != null) {
      path.append('&').append(name).append('=').append(ApiClient.encode(value));
    }
  }
}
