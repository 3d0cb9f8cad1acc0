package io.porpoise.api.workflow;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Principal;
import io.porpoise.api.http.Problem;
import io.porpoise.api.workflow.Surroundings.Checked;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.document.DocumentError;
import io.porpoise.definition.document.ReadResult;
import io.porpoise.definition.document.WorkflowDocument;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Workflows;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** From the text of a document to a version that is saved; nothing is half saved. */
public final class Saves {
  private final Workflows workflows;
  private final Documents documents;
  private final Surroundings surroundings;
  private final Clock clock;

  public Saves(Workflows workflows, TaskGroups groups, Documents documents, Clock clock) {
    this.workflows = workflows;
    this.documents = documents;
    surroundings = new Surroundings(groups, workflows);
    this.clock = clock;
  }

  /** What came of a save. */
  record Result(Workflows.Saved saved, List<DocumentError> warnings) {}

  Single<Checked> read(Buffer text, String project, String workflow) {
    return documents.read(text, project, workflow).flatMap(surroundings::check);
  }

  /**
   * Saves what is valid; fails with a problem that says what is not.
   *
   * @param otherwise the release state where the document says none; null: ONLINE
   */
  Single<Result> save(Principal user, long projectId, Checked checked, ReleaseState otherwise) {
    WorkflowDocument document = validOnly(checked.result());
    ReleaseState fallback = otherwise == null ? ReleaseState.ONLINE : otherwise;
    List<String> tasks = document.definition().tasks().stream().map(TaskDefinition::name).toList();
    return documents
        .canonical(document)
        .flatMap(
            json ->
                workflows.save(
                    projectId,
                    document.definition().name(),
                    document.definition().description(),
                    json,
                    tasks,
                    document.releaseState() == null ? fallback : document.releaseState(),
                    document.definition().executionType(),
                    user.name(),
                    clock.now()))
        .map(saved -> new Result(saved, checked.warnings()));
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
        .with(result.errors().stream().map(Saves::fault).toList());
  }

  private static Problem.Fault fault(DocumentError error) {
    return new Problem.Fault(error.line(), error.column(), error.path(), error.message());
  }

  static JsonArray toJson(List<DocumentError> errors) {
    JsonArray json = new JsonArray();
    errors.forEach(error -> json.add(fault(error).toJson()));
    return json;
  }

  static Answer answer(Result result) {
    boolean isNew = result.saved().change() == Workflows.Saved.Change.CREATED;
    return Answer.json(isNew ? 201 : 200, toJson(result));
  }

  static JsonObject toJson(Result result) {
    return WorkflowRoutes.toJson(result.saved().workflow())
        .put("change", result.saved().change().name())
        .put("warnings", toJson(result.warnings()));
  }
}
