package io.porpoise.api.workflow;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Page;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.api.project.ProjectRoutes;
import io.porpoise.api.workflow.Surroundings.Checked;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.document.DocumentError;
import io.porpoise.definition.document.ReadResult;
import io.porpoise.definition.document.WorkflowDocument;
import io.porpoise.definition.document.YamlText;
import io.porpoise.store.Projects;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Workflows;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The routes of workflow definitions. */
public final class WorkflowRoutes {
  public static final String PATH = "/api/v1/projects/{project}/workflows/{workflow}";
  private static final String LIST = "/api/v1/projects/{project}/workflows";
  private static final String YAML = "application/yaml";
  private static final String[] DOCUMENT_TYPES = {
    YAML, "application/x-yaml", "text/yaml", "text/x-yaml", Endpoint.JSON
  };
  private static final String CURSOR = "workflows";

  private final Projects projects;
  private final Workflows workflows;
  private final Documents documents;
  private final Surroundings surroundings;
  private final Clock clock;

  public WorkflowRoutes(
      Projects projects, Workflows workflows, TaskGroups groups, Documents documents, Clock clock) {
    this.projects = projects;
    this.workflows = workflows;
    this.documents = documents;
    surroundings = new Surroundings(groups, workflows);
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(LIST, this::list).query("limit", "cursor"),
        Endpoint.put(PATH, this::save).reads(DOCUMENT_TYPES),
        Endpoint.get(PATH, this::get).query("version"),
        Endpoint.post(PATH + "/validate", this::validate).reads(DOCUMENT_TYPES),
        Endpoint.post(PATH + "/release", this::release));
  }

  private Single<Answer> save(Call call) {
    return ProjectRoutes.named(projects, call.path("project"))
        .flatMap(project -> read(call).flatMap(checked -> save(call, project, checked)));
  }

  private Single<Checked> read(Call call) {
    return documents
        .read(call.body(), call.path("project"), call.path("workflow"))
        .flatMap(surroundings::check);
  }

  private Single<Answer> save(Call call, Projects.Project project, Checked checked) {
    return save(call, project, validOnly(checked.result()))
        .map(saved -> answer(saved, checked.warnings()));
  }

  private static WorkflowDocument validOnly(ReadResult result) {
    if (result.isValid()) {
      return result.document();
    }
    DocumentError first = result.errors().get(0);
    int more = result.errors().size() - 1;
    throw Problem.bad(
            "INVALID_WORKFLOW",
            "Nothing was saved. "
                + first
                + (more == 0 ? "" : " (and " + more + " more, see errors)"))
        .with(result.errors().stream().map(WorkflowRoutes::fault).toList());
  }

  private static Problem.Fault fault(DocumentError error) {
    return new Problem.Fault(error.line(), error.column(), error.path(), error.message());
  }

  private static JsonArray toJson(List<DocumentError> errors) {
    JsonArray json = new JsonArray();
    errors.forEach(error -> json.add(fault(error).toJson()));
    return json;
  }

  private Single<Workflows.Saved> save(
      Call call, Projects.Project project, WorkflowDocument document) {
    ReleaseState state =
        document.releaseState() == null ? ReleaseState.ONLINE : document.releaseState();
    List<String> tasks = document.definition().tasks().stream().map(TaskDefinition::name).toList();
    return documents
        .canonical(document)
        .flatMap(
            json ->
                workflows.save(
                    project.id(),
                    document.definition().name(),
                    document.definition().description(),
                    json,
                    tasks,
                    state,
                    document.definition().executionType(),
                    call.user().name(),
                    clock.now()));
  }

  private static Answer answer(Workflows.Saved saved, List<DocumentError> warnings) {
    boolean isNew = saved.change() == Workflows.Saved.Change.CREATED;
    JsonObject body =
        toJson(saved.workflow())
            .put("change", saved.change().name())
            .put("warnings", toJson(warnings));
    return Answer.json(isNew ? 201 : 200, body);
  }

  private Single<Answer> get(Call call) {
    String accept = call.request().getHeader("Accept");
    boolean isYaml = accept != null && accept.toLowerCase(Locale.ROOT).contains("yaml");
    long wanted = call.query("version", 1, Integer.MAX_VALUE, 0);
    return find(workflows, call.path("project"), call.path("workflow"))
        .flatMap(
            workflow -> {
              int version = wanted == 0 ? workflow.version() : (int) wanted;
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
                                      + ".")))
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

  private Single<Answer> list(Call call) {
    int limit = Page.limit(call);
    String after = Page.after(call, CURSOR);
    return ProjectRoutes.named(projects, call.path("project"))
        .flatMap(project -> workflows.list(project.id(), after == null ? "" : after, limit + 1))
        .map(
            found ->
                Page.of(found, limit, CURSOR, Workflows.Workflow::name, WorkflowRoutes::toJson))
        .map(page -> Answer.json(200, page));
  }

  private Single<Answer> validate(Call call) {
    return read(call)
        .map(
            checked ->
                Answer.json(
                    200,
                    new JsonObject()
                        .put("valid", checked.result().isValid())
                        .put("errors", toJson(checked.result().errors()))
                        .put("warnings", toJson(checked.warnings()))));
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

  private static JsonObject toJson(Workflows.Workflow workflow) {
    return new JsonObject()
        .put("name", workflow.name())
        .put("project", workflow.project())
        .put("version", workflow.version())
        .put("releaseState", workflow.releaseState().name())
        .put("description", workflow.description())
        .put("createdTime", Texts.time(workflow.createdAt()))
        .put("updatedTime", Texts.time(workflow.updatedAt()));
  }
}
