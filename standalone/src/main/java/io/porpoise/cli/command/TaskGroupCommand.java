package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code porpoise task-group …}. */
@Command(
    name = "task-group",
    description = "Limits how many tasks of a kind run at a time, over all workflows.",
    subcommands = {
      TaskGroupCommand.Show.class,
      TaskGroupCommand.Get.class,
      TaskGroupCommand.Put.class,
      TaskGroupCommand.Delete.class
    })
public final class TaskGroupCommand {
  private static final String PATH = "/api/v1/task-groups";

  private TaskGroupCommand() {}

  private static String path(String group) {
    return PATH + "/" + ApiClient.encode(group);
  }

  /** All of them. */
  @Command(name = "list", description = "Lists all task groups.")
  static final class Show implements Callable<Integer> {
    @Mixin private CommandOptions options;

    @Override
    public Integer call() {
      JsonNode groups = options.api().get(PATH);
      if (options.isJson()) {
        options.printJson(groups);
        return 0;
      }
      Table table = new Table("task group", "size", "description");
      for (JsonNode group : groups.path("items")) {
        table.row(
            Fields.text(group, "name"),
            Fields.text(group, "size"),
            Fields.text(group, "description"));
      }
      if (table.isEmpty()) {
        options.terminal().note("no task groups; porpoise task-group set NAME SIZE makes one");
      } else {
        table.print(options.terminal());
      }
      return 0;
    }
  }

  /** How one stands. */
  @Command(name = "get", description = "Shows the slots of a task group and who waits for one.")
  static final class Get implements Callable<Integer> {
    @Mixin private CommandOptions options;

    @Parameters(paramLabel = "NAME", description = "A task group.")
    private String name;

    @Override
    public Integer call() {
      JsonNode group = options.api().get(path(name));
      if (options.isJson()) {
        options.printJson(group);
        return 0;
      }
      options
          .terminal()
          .line(
              "%s: %s of %s slots taken, %d waiting"
                  .formatted(
                      Fields.text(group, "name"),
                      Fields.text(group, "held"),
                      Fields.text(group, "size"),
                      group.path("waiting").size()));
      int place = 0;
      for (JsonNode task : group.path("waiting")) {
        options.terminal().line("  %d. task instance %s".formatted(++place, task.asText()));
      }
      return 0;
    }
  }

  /** Makes or changes one. */
  @Command(name = "set", description = "Makes a task group, or changes its size.")
  static final class Put implements Callable<Integer> {
    @Mixin private CommandOptions options;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it protects.")
    private String description;

    @Parameters(index = "0", paramLabel = "NAME", description = "A task group.")
    private String name;

    @Parameters(
        index = "1",
        paramLabel = "SIZE",
        description = "How many tasks may run at a time; 0 lets nothing new start.")
    private int size;

    @Override
    public Integer call() {
      ObjectNode body = ApiClient.JSON.createObjectNode().put("size", size);
      if (description != null) {
        body.put("description", description);
      }
      ApiClient.Answer answer =
          options.api().send("PUT", path(name), body.toString(), "application/json");
      if (options.isJson()) {
        options.printJson(answer.body());
      } else {
        options
            .terminal()
            .line(
                "task group %s: %d slots%s"
                    .formatted(name, size, answer.status() == 201 ? ", new" : ""));
      }
      return 0;
    }
  }

  /** Deletes one. */
  @Command(name = "delete", description = "Deletes a task group; tasks that wait for it fail.")
  static final class Delete implements Callable<Integer> {
    @Mixin private CommandOptions options;

    @Parameters(paramLabel = "NAME", description = "A task group.")
    private String name;

    @Override
    public Integer call() {
      ApiClient.Answer unused = options.api().send("DELETE", path(name), "", "application/json");
      if (!options.isJson()) {
        options.terminal().line("task group %s is deleted".formatted(name));
      }
      return 0;
    }
  }
}
