package io.porpoise.api.project;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Fields;
import io.porpoise.api.http.Page;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.store.Projects;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** The routes of projects. */
public final class ProjectRoutes {
  private static final int NAME_MAX = 100;
  private static final int DESCRIPTION_MAX = 1_000;
  private static final String CURSOR = "projects";

  private final Projects projects;
  private final Clock clock;

  public ProjectRoutes(Projects projects, Clock clock) {
    this.projects = projects;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/projects", this::create),
        Endpoint.get("/api/v1/projects", this::list).query("limit", "cursor"),
        Endpoint.get("/api/v1/projects/{project}", this::get));
  }

  private Single<Answer> create(Call call) {
    Fields fields = call.fields(Set.of("name", "description"));
    String name = fields.text("name", 1, NAME_MAX);
    if (!name.equals(name.strip()) || name.matches("(?s)\\.{1,2}|.*[/\\p{Cntrl}].*")) {
      throw Problem.badField(
          "name", "must be a name without '/', control characters, or spaces around it.");
    }
    String description = fields.textOr("description", DESCRIPTION_MAX, "");
    return projects
        .create(name, description, call.user().name(), clock.now())
        .map(project -> Answer.json(201, toJson(project)))
        .switchIfEmpty(
            Single.error(
                () ->
                    Problem.conflict(
                        "PROJECT_EXISTS",
                        "There is a project '" + name + "' already; choose another name.")));
  }

  private Single<Answer> list(Call call) {
    int limit = Page.limit(call);
    long before = Page.after(call, CURSOR, 0);
    return projects
        .list(before, limit + 1)
        .map(
            found ->
                Page.of(
                    found,
                    limit,
                    CURSOR,
                    project -> Long.toString(project.id()),
                    ProjectRoutes::toJson))
        .map(page -> Answer.json(200, page));
  }

  private Single<Answer> get(Call call) {
    return named(projects, call.path("project")).map(project -> Answer.json(200, toJson(project)));
  }

  /** The project of this name, or a problem that says that there is none. */
  public static Single<Projects.Project> named(Projects projects, String name) {
    return projects
        .byName(name)
        .switchIfEmpty(
            Single.error(
                () -> Problem.notFound("There is no project '" + Texts.shown(name) + "'.")));
  }

  private static JsonObject toJson(Projects.Project project) {
    return new JsonObject()
        .put("id", Long.toString(project.id()))
        .put("name", project.name())
        .put("description", project.description())
        .put("createdBy", project.createdBy())
        .put("createdTime", Texts.time(project.createdAt()));
  }
}
