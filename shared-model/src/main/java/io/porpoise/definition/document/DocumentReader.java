package io.porpoise.definition.document;

import io.porpoise.definition.Edge;
import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.ScheduleSettings;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.definition.document.TaskReader.ReadTask;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a workflow file: YAML, or JSON of the same shape. Whatever can be known before a run is
 * checked here, and everything that is wrong is told at once. Never throws for what is in the text.
 */
public final class DocumentReader {
  /** Accepted from PyDolphinScheduler's files and given back, without any effect yet. */
  static final List<String> KEPT =
      List.of("user", "warning_type", "warning_group_id", "resource_plugin", "resource_list");

  private static final List<String> WARNING_TYPES = List.of("NONE", "SUCCESS", "FAILURE", "ALL");

  private DocumentReader() {}

  /**
   * @param types what the server can run
   */
  public static ReadResult read(String text, TaskTypes types) {
    return read(text, types, null);
  }

  /**
   * @param types what the server can run
   * @param project that the workflow will be in; null: as the text names it
   */
  public static ReadResult read(String text, TaskTypes types, String project) {
    if (text.length() > Limits.BODY_MAX) {
      return failed(
          new DocumentError(
              0,
              0,
              "",
              "too large: "
                  + text.length()
                  + " characters, at most "
                  + Limits.BODY_MAX
                  + "; keep large data in files that the tasks read"));
    }
    try {
      return read(parse(text), types, project);
    } catch (UnreadableDocument e) {
      return failed(e.error());
    }
  }

  private static ReadResult failed(DocumentError error) {
    return ReadResult.wrong(List.of(error));
  }

  private static Node parse(String written) throws UnreadableDocument {
    String text = written.startsWith("\uFEFF") ? written.substring(1) : written;
    String start = text.substring(0, Math.min(text.length(), 1_000)).stripLeading();
    if (!start.startsWith("{")) {
      return YamlNodes.parse(text);
    }
    try {
      return JsonNodes.parse(text);
    } catch (UnreadableDocument notJson) {
      // YAML's flow notation begins with a brace as well, but its keys need no quotes.
      if (start.substring(1).stripLeading().startsWith("\"")) {
        throw notJson;
      }
      return YamlNodes.parse(text);
    }
  }

  static ReadResult read(Node root, TaskTypes types, String project) {
    Reading reading = new Reading(types.isTrusting());
    Value document = Value.root(root, reading);
    Keys keys = document.keys();
    Value workflow = keys.require("workflow");
    Value tasks = keys.require("tasks");
    keys.ignoreAnchored();
    keys.end();
    List<ReadTask> read =
        tasks == null ? List.of() : tasks.list(Limits.TASKS_MAX, new TaskReader(types)::read);
    if (tasks != null && read.isEmpty() && tasks.node() instanceof Node.Sequence) {
      tasks.wrong("a workflow must have at least one task");
    }
    List<Edge> edges = new GraphChecker(reading, read).edges();
    WorkflowDocument result =
        workflow == null
            ? null
            : workflow(workflow.keys(), read.stream().map(ReadTask::task).toList(), edges);
    if (result != null) {
      checkSubWorkflows(read, result, project);
    }
    return reading.isFlawless()
        ? new ReadResult(result, List.of(), Mention.of(read, project))
        : ReadResult.wrong(reading.errors());
  }

  /** A workflow that starts itself would never end. */
  private static void checkSubWorkflows(
      List<ReadTask> tasks, WorkflowDocument document, String givenProject) {
    String own = givenProject == null ? document.project() : givenProject;
    for (ReadTask read : tasks) {
      LogicTasks.SubWorkflow child = LogicTasks.subWorkflow(read.task().taskParams());
      if (LogicTasks.isSubWorkflow(read.task())
          && document.definition().name().equals(child.workflow())
          && (child.project() == null || child.project().equals(own))) {
        Value place = read.place().at("workflow_name", "process_definition_name");
        place.wrong("a workflow cannot be its own sub-workflow; name another one");
      }
    }
  }

  static WorkflowDocument workflow(Keys keys, List<TaskDefinition> tasks, List<Edge> edges) {
    Value name = keys.require("name");
    WorkflowDefinition definition =
        new WorkflowDefinition(
            name == null ? "" : name.name(),
            keys.take("description", "", v -> v.text(Limits.DESCRIPTION_CHARS_MAX)),
            keys.take(
                "execution_type",
                ExecutionType.PARALLEL,
                v -> v.choice(ExecutionType.class, ExecutionType.PARALLEL)),
            keys.take(
                "failure_strategy",
                FailureStrategy.CONTINUE,
                v -> v.choice(FailureStrategy.class, FailureStrategy.CONTINUE)),
            keys.take("priority", Priority.MEDIUM, v -> v.choice(Priority.class, Priority.MEDIUM)),
            keys.take("timeout", null, TaskReader::timeout),
            keys.take("worker_group", null, Value::name),
            keys.take("param", List.<Parameter>of(), ParameterNotation::globals),
            tasks,
            edges);
    String project = keys.take("project", null, Value::name);
    ReleaseState release =
        keys.take("release_state", null, v -> v.choice(ReleaseState.class, ReleaseState.ONLINE));
    boolean run = keys.take("run", false, Value::flag);
    ScheduleSettings schedule = ScheduleReader.read(keys);
    Map<String, Object> kept = new LinkedHashMap<>();
    for (String key : KEPT) {
      Value setting = keys.take(key);
      if (setting != null) {
        if (key.equals("warning_type")) {
          setting.choice(WARNING_TYPES);
        }
        kept.put(key, setting.any());
      }
    }
    keys.end();
    return new WorkflowDocument(project, release, run, schedule, kept, definition);
  }
}
