package io.porpoise.api.workflow;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Page;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.api.project.ProjectRoutes;
import io.porpoise.store.Projects;
import io.porpoise.store.WorkflowCatalog;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The workflows of a project, to be looked through. */
public final class WorkflowListRoutes {
  private static final String CURSOR = "workflows";
  private static final int SEARCH_MAX = 200;

  private final Projects projects;
  private final WorkflowCatalog catalog;

  public WorkflowListRoutes(Projects projects, WorkflowCatalog catalog) {
    this.projects = projects;
    this.catalog = catalog;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/projects/{project}/workflows", this::list)
            .query("search", "limit", "cursor"));
  }

  private Single<Answer> list(Call call) {
    int limit = Page.limit(call);
    String after = Page.after(call, CURSOR);
    String search = call.query("search");
    if (search != null && search.length() > SEARCH_MAX) {
      throw Problem.bad("BAD_QUERY", "'search' has at most " + SEARCH_MAX + " characters.");
    }
    return ProjectRoutes.named(projects, call.path("project"))
        .flatMap(
            project ->
                catalog.list(
                    project.id(),
                    search == null ? "" : search,
                    after == null ? "" : after,
                    limit + 1))
        .map(
            found ->
                Page.of(
                    found,
                    limit,
                    CURSOR,
                    entry -> entry.workflow().name(),
                    WorkflowListRoutes::toJson))
        .map(page -> Answer.json(200, page));
  }

  private static JsonObject toJson(WorkflowCatalog.Entry entry) {
    WorkflowCatalog.LastInstance last = entry.last();
    return WorkflowRoutes.toJson(entry.workflow())
        .put(
            "lastInstance",
            last == null
                ? null
                : new JsonObject()
                    .put("id", last.id().toString())
                    .put("state", last.state().name())
                    .put("createdTime", Texts.time(last.createdAt()))
                    .put("startTime", Texts.time(last.startTime()))
                    .put("endTime", Texts.time(last.endTime())));
  }
}
