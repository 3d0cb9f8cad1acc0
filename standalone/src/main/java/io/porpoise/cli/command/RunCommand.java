package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.client.Problem;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.RunView;
import io.porpoise.cli.terminal.Terminal;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.NodeScope;
import io.porpoise.instance.Priority;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code porpoise run}: starts a workflow, and if wanted waits for it or shows it live. */
@Command(
    name = "run",
    description = "Starts a workflow. With --wait or --follow, exits 0 only if it SUCCEEDED.")
public final class RunCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(names = "--project", paramLabel = "NAME", description = "Unless WORKFLOW names it.")
  private String project;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "KEY=VALUE",
      description = "A start parameter; may be repeated.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(names = "--wait", description = "Waits until it has finished.")
  private boolean isWaiting;

  @Option(names = "--follow", description = "Shows task states and log lines, and waits.")
  private boolean isFollowing;

  @Option(
      names = "--start-node",
      paramLabel = "TASK",
      description = "Begins at this task; may be repeated.")
  private List<String> startNodes = List.of();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "What runs with the start nodes: ${COMPLETION-CANDIDATES}"
              + " (default: TASK_POST, what comes after them).")
  private NodeScope scope;

  @Option(
      names = "--failure-strategy",
      paramLabel = "STRATEGY",
      description = "When a task fails: ${COMPLETION-CANDIDATES}.")
  private FailureStrategy failureStrategy;

  @Option(
      names = "--priority",
      paramLabel = "PRIORITY",
      description = "Of this run among others: ${COMPLETION-CANDIDATES}.")
  private Priority priority;

  @Option(
      names = "--schedule-time",
      paramLabel = "TIME",
      description = "The moment that dates are computed from, such as 2026-03-29T02:00:00+08:00.")
  private String scheduleTime;

  @Option(names = "--worker-group", paramLabel = "NAME", description = "For tasks that name none.")
  private String workerGroup;

  @Option(names = "--dry-run", description = "Every task succeeds at once, without running.")
  private boolean isDryRun;

  @Parameters(paramLabel = "WORKFLOW", description = "Its name, or PROJECT/WORKFLOW.")
  private String workflow;

  @Override
  public Integer call() {
    WorkflowName name = WorkflowName.of(workflow, project, options.environment());
    ApiClient api = options.api();
    // The key makes a repeated request the same start: a lost answer does not run the workflow
    // twice.
    JsonNode started =
        Retries.onLostAnswer(
            key ->
                api.post(name.path() + "/instances", body(), Map.of("Idempotency-Key", key)).body(),
            UUID.randomUUID().toString());
    String id = Fields.text(started, "id");
    if (!isWaiting && !isFollowing) {
      if (options.isJson()) {
        options.printJson(started);
      } else {
        options.terminal().line("instance " + id + " of " + name + " is accepted");
      }
      return 0;
    }
    return finish(api, name, id);
  }

  private int finish(ApiClient api, WorkflowName name, String id) {
    boolean isShown = isFollowing && !options.isJson();
    Terminal terminal = options.terminal();
    if (!options.isJson()) {
      terminal.line(terminal.styled(Terminal.Style.BOLD, "instance " + id) + " of " + name);
    }
    RunView view = new RunView(terminal);
    if (isShown) {
      view.expect(tasksOf(api, name));
    }
    JsonNode end =
        Interrupts.whileRunning(
            terminal,
            "instance " + id + " goes on; porpoise instance stop " + id + " ends it",
            () -> new RunFollower(api, terminal, isShown ? view : null, id, isShown).follow());
    if (options.isJson()) {
      options.printJson(end);
    } else {
      view.end(end);
    }
    return Fields.text(end, "state").equals("SUCCEEDED") ? 0 : CliException.FAILURE;
  }

  /** The tasks of the newest version; none if the user may start the workflow but not read it. */
  private static JsonNode tasksOf(ApiClient api, WorkflowName name) {
    try {
      return api.get(name.path()).path("tasks");
    } catch (Problem e) {
      return MissingNode.getInstance();
    }
  }

  private ObjectNode body() {
    ObjectNode body = ApiClient.JSON.createObjectNode();
    ObjectNode values = body.putObject("params");
    params.forEach(values::put);
    if (!startNodes.isEmpty()) {
      startNodes.forEach(body.putArray("startNodes")::add);
    }
    put(body, "nodeScope", scope);
    put(body, "failureStrategy", failureStrategy);
    put(body, "priority", priority);
    put(body, "scheduleTime", scheduleTime);
    put(body, "workerGroup", workerGroup);
    if (isDryRun) {
      body.put("dryRun", true);
    }
    return body;
  }

  private static void put(ObjectNode body, String key, Object value) {
    if (value != null) {
      body.put(key, value.toString());
    }
  }
}
