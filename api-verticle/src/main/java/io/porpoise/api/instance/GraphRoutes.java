package io.porpoise.api.instance;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Problem;
import io.porpoise.api.workflow.Documents;
import io.porpoise.api.workflow.LayoutRoutes;
import io.porpoise.definition.Edge;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.InstanceQueries.InstanceView;
import io.porpoise.store.WorkflowCatalog;
import io.porpoise.store.Workflows;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What an instance runs, as a graph to be drawn: the tasks and edges of its own version. */
public final class GraphRoutes {
  private final InstanceQueries queries;
  private final Workflows workflows;
  private final WorkflowCatalog catalog;
  private final Documents documents;

  public GraphRoutes(
      InstanceQueries queries, Workflows workflows, WorkflowCatalog catalog, Documents documents) {
    this.queries = queries;
    this.workflows = workflows;
    this.catalog = catalog;
    this.documents = documents;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/api/v1/workflow-instances/{id}/graph", this::graph));
  }

  private Single<Answer> graph(Call call) {
    return Found.instance(queries, call.id("id"))
        .flatMap(
            view ->
                Single.zip(
                    definition(view.instance()),
                    LayoutRoutes.positions(catalog, view.instance().workflowId())
                        .defaultIfEmpty(new JsonObject()),
                    (definition, layout) -> toJson(view, definition).put("layout", layout)))
        .map(json -> Answer.json(200, json));
  }

  private Single<WorkflowDefinition> definition(WorkflowInstance instance) {
    return workflows
        .version(instance.workflowId(), instance.version())
        .switchIfEmpty(
            Single.error(
                () ->
                    Problem.notFound(
                        "Version " + instance.version() + " of its workflow is not there.")))
        .flatMap(version -> documents.stored(version.document()))
        .map(document -> document.definition());
  }

  private static JsonObject toJson(InstanceView view, WorkflowDefinition definition) {
    JsonArray tasks = new JsonArray();
    for (TaskDefinition task : definition.tasks()) {
      tasks.add(
          new JsonObject()
              .put("name", task.name())
              .put("taskType", task.taskType())
              .put("description", task.description())
              .put("forbidden", task.forbidden()));
    }
    JsonArray edges = new JsonArray();
    for (Edge edge : definition.edges()) {
      edges.add(new JsonObject().put("from", edge.from()).put("to", edge.to()));
    }
    return new JsonObject()
        .put("project", view.project())
        .put("workflow", view.workflow())
        .put("version", view.instance().version())
        .put("tasks", tasks)
        .put("edges", edges);
  }
}
