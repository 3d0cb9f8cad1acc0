package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.client.Problem;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.RunView;
import io.porpoise.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code porpoise why}: why an instance or a task is where it is. */
@Command(name = "why", description = "Says why a workflow or task instance is where it is.")
public final class WhyCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(
      names = "--task",
      description = "The id is a task instance's, even if a workflow instance has it too.")
  private boolean isTask;

  @Parameters(paramLabel = "INSTANCE_OR_TASK", description = "The id of either.")
  private String id;

  @Override
  public Integer call() {
    ApiClient api = options.api();
    String encoded = ApiClient.encode(id);
    if (!isTask) {
      try {
        ofWorkflow(api.get("/api/v1/workflow-instances/" + encoded));
        return 0;
      } catch (Problem e) {
        if (e.status() != 404) {
          throw e;
        }
      }
    }
    ofTask(api.get("/api/v1/task-instances/" + encoded));
    return 0;
  }

  private void ofWorkflow(JsonNode instance) {
    if (options.isJson()) {
      options.printJson(instance);
      return;
    }
    Terminal terminal = options.terminal();
    terminal.line(
        "%s/%s %s is %s%s"
            .formatted(
                Fields.text(instance, "project"),
                Fields.text(instance, "workflow"),
                Fields.text(instance, "id"),
                terminal.state(Fields.text(instance, "state")),
                because(instance)));
    for (JsonNode task : instance.path("tasks")) {
      String state = Fields.text(task, "state");
      boolean isFine = state.equals("SUCCEEDED") || state.equals("FORCED_SUCCESS");
      if (!isFine && (!RunView.isOver(state) || !Fields.reason(task).isEmpty())) {
        terminal.line("  " + sentence(terminal, task));
      }
    }
  }

  private void ofTask(JsonNode task) {
    if (options.isJson()) {
      options.printJson(task);
    } else {
      options.terminal().line(sentence(options.terminal(), task));
    }
  }

  private static String sentence(Terminal terminal, JsonNode task) {
    return "task %s (%s), attempt %s, is %s%s"
        .formatted(
            Fields.text(task, "name"),
            Fields.text(task, "id"),
            Fields.text(task, "attempt"),
            terminal.state(Fields.text(task, "state")),
            because(task));
  }

  private static String because(JsonNode object) {
    String reason = Fields.reason(object);
    return reason.isEmpty() ? "" : ": " + reason;
  }
}
