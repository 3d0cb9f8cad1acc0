package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.Table;
import io.porpoise.cli.terminal.Times;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code porpoise instance events}: what has happened, oldest first, with cause and actor. */
@Command(name = "events", description = "Shows every transition, with its cause and its actor.")
public final class InstanceEventsCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Parameters(paramLabel = "ID", description = "A workflow instance.")
  private String id;

  @Override
  public Integer call() {
    ArrayNode all = ApiClient.JSON.createArrayNode();
    Table table = new Table("time", "task", "attempt", "from", "to", "cause", "actor");
    String path = "/api/v1/workflow-instances/" + ApiClient.encode(id) + "/events";
    for (JsonNode event : Pages.all(options.api(), path)) {
      all.add(event);
      table.row(
          Times.exact(Fields.time(event, "time")),
          Fields.text(event, "task"),
          event.path("attempt").asInt() == 0 ? "" : Fields.text(event, "attempt"),
          Table.state(Fields.text(event, "from")),
          Table.state(Fields.text(event, "to")),
          Fields.text(event, "cause"),
          Fields.text(event, "actor"));
    }
    if (options.isJson()) {
      options.printJson(all);
    } else {
      table.print(options.terminal());
    }
    if (all.size() >= Pages.ITEMS_MAX) {
      options.terminal().note("there may be more: only the first " + all.size() + " are shown");
    }
    return 0;
  }
}
