package io.porpoise.api.workflow;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.api.project.ProjectRoutes;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.document.YamlText;
import io.porpoise.store.Projects;
import io.porpoise.store.Workflows;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The routes of workflow definitions. */
public final class WorkflowRoutes {
  public static final String PATH = "/api/v1/projects/{project}/workflows/{workflow}";
  private static final String YAML = "application/yaml";
  private static final String[] DOCUMENT_TYPES = {
    YAML, "application/x-yaml", "text/yaml", "text/x-yaml", Endpoint.JSON
  };

  private final Projects projects;
  private final Workflows workflows;
  private final Documents documents;
  private final Saves saves;
  private final Clock clock;

  public WorkflowRoutes(
      Projects projects, Workflows workflows, Documents documents, Saves saves, Clock clock) {
    this.projects = projects;
    this.workflows = workflows;
    this.documents = documents;
    this.saves = saves;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.put(PATH, this::save).reads(DOCUMENT_TYPES),
        Endpoint.get(PATH, this::get).query("version"),
        Endpoint.post(PATH + "/validate", this::validate).reads(DOCUMENT_TYPES),
        Endpoint.post(PATH + "/release", this::release));
  }

  private Single<Answer> save(Call call) {
    return ProjectRoutes.named(projects, call.path("project"))
        .flatMap(
            project ->
                saves
                    .read(call.body(), project.name(), call.path("workflow"))
                    .flatMap(checked -> saves.save(call.user(), project.id(), checked, null)))
        .map(Saves::answer);
  }

  private Single<Answer> get(Call call) {
    String accept = call.request().getHeader("Accept");
    boolean isYaml = accept != null && accept.toLowerCase(Locale.ROOT).contains("yaml");
    long wanted = call.query("version", 1, Integer.MAX_VALUE, 0);
    return find(workflows, call.path("project"), call.path("workflow"))
        .flatMap(
            workflow -> {
              int version = wanted == 0 ? workflow.version() : (int) wanted;
              return version(workflows, workflow, version)
                  .flatMap(found -> isYaml ? yaml(workflow, found) : json(workflow, found));
            });
  }

  private Single<Answer> yaml(Workflows.Workflow workflow, Workflows.Version version) {
    return documents
        .stored(version.document())
        .map(document -> document.in(workflow.project(), workflow.releaseState()))
        .flatMap(document -> documents.offLoop(() -> YamlText.write(document)))
        .map(text -> Answer.of(200, YAML, Buffer.buffer(text)));
  }

  private Single<Answer> json(Workflows.Workflow workflow, Workflows.Version version) {
    return documents
        .offLoop(() -> new JsonObject(version.document()))
        .map(
            document ->
                toJson(workflow)
                    .put("newestVersion", workflow.version())
                    .put("version", version.version())
                    .put("createdBy", version.createdBy())
                    .put("versionTime", Texts.time(version.createdAt()))
                    .mergeIn(document))
        .map(body -> Answer.json(200, body));
  }

  private Single<Answer> validate(Call call) {
    return saves
        .read(call.body(), call.path("project"), call.path("workflow"))
        .map(
            checked ->
                Answer.json(
                    200,
                    new JsonObject()
                        .put("valid", checked.result().isValid())
                        .put("errors", Saves.toJson(checked.result().errors()))
                        .put("warnings", Saves.toJson(checked.warnings()))));
  }

  private Single<Answer> release(Call call) {
    ReleaseState state = call.fields(Set.of("state")).oneOf("state", ReleaseState.class);
    if (state == null) {
      throw Problem.badField("state", "must be ONLINE or OFFLINE.");
    }
    return find(workflows, call.path("project"), call.path("workflow"))
        .flatMap(
            workflow ->
                workflows
                    .release(workflow.id(), state, clock.now())
                    .map(
                        isChanged ->
                            Answer.json(
                                200,
                                new JsonObject()
                                    .put("name", workflow.name())
                                    .put("version", workflow.version())
                                    .put("releaseState", state.name())
                                    .put("changed", isChanged))));
  }

  /** This version, or a problem that says which is the newest. */
  static Single<Workflows.Version> version(
      Workflows workflows, Workflows.Workflow workflow, int version) {
    return workflows
        .version(workflow.id(), version)
        .switchIfEmpty(
            Single.error(
                () ->
                    Problem.notFound(
                        "Workflow '"
                            + workflow.name()
                            + "' has no version "
                            + version
                            + "; the newest is "
                            + workflow.version()
                            + ".")));
  }

  /** The workflow of this name, or a problem that says that there is none. */
  public static Single<Workflows.Workflow> find(
      Workflows workflows, String project, String workflow) {
    return workflows
        .find(project, workflow)
        .switchIfEmpty(
            Single.error(
                () ->
                    Problem.notFound(
                        "There is no workflow '"
                            + Texts.shown(workflow)
                            + "' in project '"
                            + Texts.shown(project)
                            + "'.")));
  }

  static JsonObject toJson(Workflows.Workflow workflow) {
    return new JsonObject()
        .put("name", workflow.name())
        .put("project", workflow.project())
        .put("version", workflow.version())
        .put("releaseState", workflow.releaseState().name())
        .put("executionType", workflow.executionType().name())
        .put("description", workflow.description())
        .put("createdTime", Texts.time(workflow.createdAt()))
        .put("updatedTime", Texts.time(workflow.updatedAt()));
  }
}
