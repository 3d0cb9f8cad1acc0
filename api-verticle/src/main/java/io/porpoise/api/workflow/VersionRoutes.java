package io.porpoise.api.workflow;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Page;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.store.WorkflowCatalog;
import io.porpoise.store.WorkflowCatalog.SavedVersion;
import io.porpoise.store.Workflows;
import io.porpoise.store.Workflows.Workflow;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * The versions of a workflow. To go back to one is to save its content again, as the newest: what
 * once was is never changed, so that every instance can tell what it ran.
 */
public final class VersionRoutes {
  private static final String BASE = WorkflowRoutes.PATH + "/versions";
  private static final String CURSOR = "versions";

  private final Workflows workflows;
  private final WorkflowCatalog catalog;
  private final Saves saves;

  public VersionRoutes(Workflows workflows, WorkflowCatalog catalog, Saves saves) {
    this.workflows = workflows;
    this.catalog = catalog;
    this.saves = saves;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(BASE, this::list).query("limit", "cursor"),
        Endpoint.post(BASE + "/{version}/restore", this::restore).bodyOptional());
  }

  private Single<Answer> list(Call call) {
    int limit = Page.limit(call);
    long before = Page.after(call, CURSOR, Integer.MAX_VALUE);
    return WorkflowRoutes.find(workflows, call.path("project"), call.path("workflow"))
        .flatMap(
            workflow ->
                catalog
                    .versions(workflow.id(), (int) Math.min(before, Integer.MAX_VALUE), limit + 1)
                    .map(
                        found ->
                            Page.of(
                                found,
                                limit,
                                CURSOR,
                                version -> Integer.toString(version.version()),
                                version -> toJson(version, workflow))))
        .map(page -> Answer.json(200, page));
  }

  private static JsonObject toJson(SavedVersion version, Workflow workflow) {
    return new JsonObject()
        .put("version", version.version())
        .put("createdBy", version.createdBy())
        .put("createdTime", Texts.time(version.createdAt()))
        .put("isCurrent", version.version() == workflow.version());
  }

  private Single<Answer> restore(Call call) {
    call.fields(Set.of());
    int version = number(call);
    return WorkflowRoutes.find(workflows, call.path("project"), call.path("workflow"))
        .flatMap(workflow -> restore(call, workflow, version))
        .map(result -> Answer.json(200, Saves.toJson(result).put("restoredFrom", version)));
  }

  /** Read as if it were sent: what it names may be gone, and task types may have changed. */
  private Single<Saves.Result> restore(Call call, Workflow workflow, int version) {
    return WorkflowRoutes.version(workflows, workflow, version)
        .flatMap(
            found ->
                saves.read(Buffer.buffer(found.document()), workflow.project(), workflow.name()))
        .flatMap(
            checked ->
                saves.save(call.user(), workflow.projectId(), checked, workflow.releaseState()));
  }

  private static int number(Call call) {
    long version = call.id("version");
    if (version < 1 || version > Integer.MAX_VALUE) {
      throw Problem.bad("BAD_ID", "The version in the path must be a number such as 3.");
    }
    return (int) version;
  }
}
