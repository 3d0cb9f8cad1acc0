package io.porpoise.api.instance;

import io.porpoise.api.http.Texts;
import io.porpoise.api.instance.Reasons.Live;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.store.InstanceQueries.InstanceView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;

/**
 * Workflow and task instances as JSON; the shapes are {@code WorkflowInstance} and {@code
 * TaskInstance} in OpenAPI.
 */
public final class InstanceJson {
  private final Reasons reasons;

  public InstanceJson(Reasons reasons) {
    this.reasons = reasons;
  }

  public JsonObject instance(InstanceView view, Live live) {
    WorkflowInstance instance = view.instance();
    StartOptions options = instance.options();
    return new JsonObject()
        .put("id", instance.id().toString())
        .put("project", view.project())
        .put("workflow", view.workflow())
        .put("version", instance.version())
        .put("state", reasons.shownState(instance, live))
        .put("reason", reason(reasons.of(instance, live)))
        .put("parent", parent(instance.parent()))
        .put("createdBy", instance.createdBy())
        .put("createdTime", Texts.time(instance.createdAt()))
        .put("startTime", Texts.time(instance.startTime()))
        .put("endTime", Texts.time(instance.endTime()))
        .put("scheduleTime", Texts.time(options.scheduleTime()))
        .put("runTimes", instance.runTimes())
        .put("params", values(options.params()))
        .put("outputs", values(instance.outputs()))
        .put("startNodes", new JsonArray(options.startNodes()))
        .put("nodeScope", options.nodeScope().name())
        .put("failureStrategy", name(options.failureStrategy()))
        .put("priority", name(options.priority()))
        .put("workerGroup", options.workerGroup())
        .put("environment", options.environment())
        .put("dryRun", options.dryRun())
        .put("owner", node(view.owner()));
  }

  public JsonArray tasks(Collection<TaskInstance> tasks, Live live) {
    JsonArray array = new JsonArray();
    tasks.forEach(task -> array.add(task(task, live)));
    return array;
  }

  public JsonObject task(TaskInstance task, Live live) {
    return new JsonObject()
        .put("id", task.id().toString())
        .put("workflowInstanceId", task.workflowInstanceId().toString())
        .put("name", task.name())
        .put("taskType", task.taskType())
        .put("state", task.state().name())
        .put("reason", reason(reasons.of(task, live)))
        .put("attempt", task.attempt())
        .put("retries", task.retries())
        .put("valid", task.valid())
        .put("worker", node(task.worker()))
        .put("workerGroup", task.workerGroup())
        .put("firstSubmitTime", Texts.time(task.firstSubmitTime()))
        .put("submitTime", Texts.time(task.submitTime()))
        .put("startTime", Texts.time(task.startTime()))
        .put("endTime", Texts.time(task.endTime()))
        .put("dueTime", Texts.time(task.dueAt()))
        .put("killCause", name(task.killCause()))
        .put("exitCode", task.exitCode())
        .put("externalId", null)
        .put("branch", task.branch())
        .put("child", task.child() == null ? null : task.child().id().toString())
        .put("params", values(task.params()))
        .put("outputs", values(task.outputs()));
  }

  private static JsonObject parent(Parent parent) {
    return parent == null
        ? null
        : new JsonObject()
            .put("workflowInstanceId", parent.instance().toString())
            .put("taskInstanceId", parent.task().toString());
  }

  private static JsonObject reason(Reason reason) {
    return reason == null
        ? null
        : new JsonObject().put("code", reason.code()).put("text", reason.text());
  }

  private static JsonObject values(Map<String, String> values) {
    JsonObject json = new JsonObject();
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> json.put(entry.getKey(), entry.getValue()));
    return json;
  }

  private static String name(Enum<?> value) {
    return value == null ? null : value.name();
  }

  private static String node(NodeId node) {
    return node == null ? null : node.value();
  }
}
