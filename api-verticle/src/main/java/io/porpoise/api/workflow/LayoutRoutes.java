package io.porpoise.api.workflow;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Fields;
import io.porpoise.api.http.Texts;
import io.porpoise.definition.document.Limits;
import io.porpoise.store.WorkflowCatalog;
import io.porpoise.store.WorkflowCatalog.Layout;
import io.porpoise.store.Workflows;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the tasks of a workflow stand on its canvas. Kept beside the definition, one for all of its
 * versions: to move a task makes no new version.
 */
public final class LayoutRoutes {
  private static final String PATH = WorkflowRoutes.PATH + "/layout";
  private static final long FAR = 1_000_000;

  private final Workflows workflows;
  private final WorkflowCatalog catalog;
  private final Clock clock;

  public LayoutRoutes(Workflows workflows, WorkflowCatalog catalog, Clock clock) {
    this.workflows = workflows;
    this.catalog = catalog;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get(PATH, this::get), Endpoint.put(PATH, this::put));
  }

  private Single<Answer> get(Call call) {
    return WorkflowRoutes.find(workflows, call.path("project"), call.path("workflow"))
        .flatMapMaybe(workflow -> catalog.layout(workflow.id()))
        .map(LayoutRoutes::toJson)
        .defaultIfEmpty(
            new JsonObject()
                .put("tasks", new JsonObject())
                .putNull("updatedBy")
                .putNull("updatedTime"))
        .map(json -> Answer.json(200, json));
  }

  /** The positions of a workflow's tasks; empty when nobody has placed them. */
  public static Maybe<JsonObject> positions(WorkflowCatalog catalog, long workflowId) {
    return catalog.layout(workflowId).map(layout -> new JsonObject(layout.positions()));
  }

  private Single<Answer> put(Call call) {
    Map<String, Fields> tasks =
        call.fields(Set.of("tasks"))
            .objects("tasks", Limits.TASKS_MAX, Limits.NAME_CHARS_MAX, Set.of("x", "y"));
    JsonObject positions = new JsonObject();
    tasks.forEach((name, position) -> positions.put(name, position(position)));
    Layout layout = new Layout(positions.encode(), call.user().name(), clock.now());
    return WorkflowRoutes.find(workflows, call.path("project"), call.path("workflow"))
        .flatMapCompletable(workflow -> catalog.saveLayout(workflow.id(), layout))
        .toSingle(() -> Answer.json(200, toJson(layout)));
  }

  private static JsonObject position(Fields fields) {
    return new JsonObject()
        .put("x", fields.number("x", -FAR, FAR))
        .put("y", fields.number("y", -FAR, FAR));
  }

  private static JsonObject toJson(Layout layout) {
    return new JsonObject()
        .put("tasks", new JsonObject(layout.positions()))
        .put("updatedBy", layout.updatedBy())
        .put("updatedTime", Texts.time(layout.updatedAt()));
  }
}
