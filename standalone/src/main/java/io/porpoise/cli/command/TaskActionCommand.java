package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.Fields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code porpoise task kill} and the like. */
abstract sealed class TaskActionCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Parameters(paramLabel = "ID", description = "A task instance.")
  private String id;

  private final String action;

  private TaskActionCommand(String action) {
    this.action = action;
  }

  /** The rest of the workflow goes on. */
  @Command(name = "kill", description = "Kills one task; the other branches go on.")
  static final class Kill extends TaskActionCommand {
    Kill() {
      super("KILL");
    }
  }

  /** What comes after it can then be recovered. */
  @Command(
      name = "force-success",
      description = "Lets a failed task of a finished instance count as succeeded.")
  static final class ForceSuccess extends TaskActionCommand {
    ForceSuccess() {
      super("FORCE_SUCCESS");
    }
  }

  @Override
  public Integer call() {
    JsonNode answer =
        options
            .api()
            .post(
                "/api/v1/task-instances/" + ApiClient.encode(id) + "/actions",
                ApiClient.JSON.createObjectNode().put("action", action))
            .body();
    if (options.isJson()) {
      options.printJson(answer);
    } else {
      options
          .terminal()
          .line("%s of task instance %s is ordered".formatted(Fields.text(answer, "action"), id));
    }
    return 0;
  }
}
