package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.Table;
import io.porpoise.cli.terminal.Terminal;
import io.porpoise.cli.terminal.Times;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code porpoise instance get}: an instance with its tasks. */
@Command(name = "get", description = "Shows a workflow instance with its tasks.")
public final class InstanceGetCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(names = "--attempts", description = "Every attempt, not only those that count.")
  private boolean isAllAttempts;

  @Parameters(paramLabel = "ID", description = "A workflow instance.")
  private String id;

  @Override
  public Integer call() {
    JsonNode instance =
        options
            .api()
            .get(
                "/api/v1/workflow-instances/"
                    + ApiClient.encode(id)
                    + (isAllAttempts ? "?attempts=all" : ""));
    if (options.isJson()) {
      options.printJson(instance);
      return 0;
    }
    Terminal terminal = options.terminal();
    print(terminal, instance);
    Table tasks = new Table("id", "task", "type", "state", "attempt", "worker", "took", "reason");
    Instant now = Instant.now();
    for (JsonNode task : instance.path("tasks")) {
      tasks.row(
          Fields.text(task, "id"),
          Fields.text(task, "name"),
          Fields.text(task, "taskType"),
          Table.state(Fields.text(task, "state")),
          Fields.text(task, "attempt"),
          Fields.text(task, "worker"),
          Times.span(Fields.time(task, "startTime"), Fields.time(task, "endTime"), now),
          Fields.reason(task));
    }
    if (!tasks.isEmpty()) {
      terminal.line("");
      tasks.print(terminal);
    }
    return 0;
  }

  private static void print(Terminal terminal, JsonNode instance) {
    pair(terminal, "instance", Fields.text(instance, "id"));
    pair(
        terminal,
        "workflow",
        "%s/%s, version %s"
            .formatted(
                Fields.text(instance, "project"),
                Fields.text(instance, "workflow"),
                Fields.text(instance, "version")));
    pair(terminal, "state", terminal.state(Fields.text(instance, "state")));
    pair(terminal, "reason", Fields.reason(instance));
    pair(terminal, "started", Times.local(Fields.time(instance, "startTime")));
    pair(terminal, "ended", Times.local(Fields.time(instance, "endTime")));
    pair(
        terminal,
        "took",
        Times.span(
            Fields.time(instance, "startTime"), Fields.time(instance, "endTime"), Instant.now()));
    pair(terminal, "runs", Fields.text(instance, "runTimes"));
    pair(terminal, "owner", Fields.text(instance, "owner"));
    instance
        .path("params")
        .fields()
        .forEachRemaining(p -> pair(terminal, "param", p.getKey() + "=" + p.getValue().asText()));
    instance
        .path("outputs")
        .fields()
        .forEachRemaining(p -> pair(terminal, "output", p.getKey() + "=" + p.getValue().asText()));
  }

  private static void pair(Terminal terminal, String name, String value) {
    if (!value.isEmpty()) {
      terminal.line(terminal.styled(Terminal.Style.DIM, "%-9s ".formatted(name)) + value);
    }
  }
}
