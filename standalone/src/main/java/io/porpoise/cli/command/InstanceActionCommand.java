package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.RunView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code porpoise instance stop} and the like: orders an action, and if wanted waits for the end.
 */
abstract sealed class InstanceActionCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(names = "--wait", description = "Waits until the instances have finished.")
  private boolean isWaiting;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Workflow instances.")
  private List<String> ids;

  private final String action;

  private InstanceActionCommand(String action) {
    this.action = action;
  }

  /** Kills what runs and starts nothing more. */
  @Command(name = "stop", description = "Kills what runs and starts nothing more.")
  static final class Stop extends InstanceActionCommand {
    Stop() {
      super("STOP");
    }
  }

  /** Lets running tasks end. */
  @Command(name = "pause", description = "Lets running tasks end and starts nothing more.")
  static final class Pause extends InstanceActionCommand {
    Pause() {
      super("PAUSE");
    }
  }

  /** Goes on where a pause or a stop left off. */
  @Command(name = "resume", description = "Goes on where a pause or a stop left off.")
  static final class Resume extends InstanceActionCommand {
    Resume() {
      super("RESUME");
    }
  }

  /** The same instance as a whole again. */
  @Command(name = "rerun", description = "Runs a finished instance again as a whole.")
  static final class Rerun extends InstanceActionCommand {
    Rerun() {
      super("RERUN");
    }
  }

  /** Only what failed, and what comes after it. */
  @Command(name = "recover", description = "Runs failed tasks and what comes after them again.")
  static final class RecoverFailed extends InstanceActionCommand {
    RecoverFailed() {
      super("RECOVER_FAILED");
    }
  }

  @Override
  public Integer call() {
    ApiClient api = options.api();
    int exit = 0;
    for (String id : ids) {
      try {
        act(api, id);
      } catch (CliException e) {
        if (ids.size() == 1) {
          throw e;
        }
        options.terminal().error(id + ": " + e.getMessage());
        exit = CliException.FAILURE;
      }
    }
    return exit;
  }

  private void act(ApiClient api, String id) {
    String path = "/api/v1/workflow-instances/" + ApiClient.encode(id);
    JsonNode answer =
        api.post(path + "/actions", ApiClient.JSON.createObjectNode().put("action", action)).body();
    if (!isWaiting) {
      if (options.isJson()) {
        options.printJson(answer);
      } else {
        options
            .terminal()
            .line("%s of instance %s is ordered".formatted(Fields.text(answer, "action"), id));
      }
      return;
    }
    JsonNode end = new RunFollower(api, options.terminal(), null, id, false).follow();
    if (options.isJson()) {
      options.printJson(end);
    } else {
      new RunView(options.terminal()).end(end);
    }
  }
}
