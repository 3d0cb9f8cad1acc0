package io.porpoise.api.instance;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Fields;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.api.workflow.Documents;
import io.porpoise.api.workflow.WorkflowRoutes;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.NodeScope;
import io.porpoise.instance.Priority;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.owner.Looks;
import io.porpoise.parameter.Parameters;
import io.porpoise.parameter.StoredBytes;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.StoreUnavailable;
import io.porpoise.store.Workflows;
import io.porpoise.store.Workflows.Workflow;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Starts workflows: the inserted instance is the start, and the owner is only told to look. */
public final class StartRoutes {
  private static final Set<String> FIELDS =
      Set.of(
          "params",
          "startNodes",
          "nodeScope",
          "failureStrategy",
          "priority",
          "workerGroup",
          "environment",
          "dryRun",
          "scheduleTime");
  private static final int PARAMS_MAX = 2_000;
  private static final int NAME_MAX = 200;
  private static final int VALUE_MAX = 64 * 1024;
  private static final int NODES_MAX = 20_000;

  private final Workflows workflows;
  private final InstanceIntake intake;
  private final InstanceIds ids;
  private final Looks looks;
  private final Documents documents;
  private final Clock clock;
  private final Consumer<WorkflowInstanceId> onStarted;

  /**
   * @param onStarted told of what has been inserted
   */
  public StartRoutes(
      Workflows workflows,
      InstanceIntake intake,
      InstanceIds ids,
      Looks looks,
      Documents documents,
      Clock clock,
      Consumer<WorkflowInstanceId> onStarted) {
    this.workflows = workflows;
    this.intake = intake;
    this.ids = ids;
    this.looks = looks;
    this.documents = documents;
    this.clock = clock;
    this.onStarted = onStarted;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(WorkflowRoutes.PATH + "/instances", this::start)
            .bodyOptional()
            .keepsItsKeys());
  }

  private Single<Answer> start(Call call) {
    StartOptions options = options(call.fields(FIELDS));
    return WorkflowRoutes.find(workflows, call.path("project"), call.path("workflow"))
        .flatMap(
            workflow ->
                check(workflow, options)
                    .andThen(Single.defer(() -> insert(call, workflow, options))));
  }

  private static StartOptions options(Fields fields) {
    Map<String, String> params = fields.values("params", PARAMS_MAX, NAME_MAX, VALUE_MAX);
    // Only a body limit above its default lets more come as far as here.
    if (StoredBytes.of(params) > Parameters.TOGETHER_BYTES_MAX) {
      throw Problem.badField(
          "params", "must have at most " + Parameters.TOGETHER_BYTES_MAX + " bytes together");
    }
    return new StartOptions(
        params,
        fields.texts("startNodes", NODES_MAX, NAME_MAX),
        fields.oneOf("nodeScope", NodeScope.class),
        fields.oneOf("failureStrategy", FailureStrategy.class),
        fields.oneOf("priority", Priority.class),
        fields.textOr("workerGroup", NAME_MAX, null),
        fields.textOr("environment", NAME_MAX, null),
        fields.flag("dryRun", false),
        fields.time("scheduleTime"),
        Map.of());
  }

  private Completable check(Workflow workflow, StartOptions options) {
    if (workflow.releaseState() != ReleaseState.ONLINE) {
      throw Problem.conflict(
          "WORKFLOW_OFFLINE",
          "Workflow '" + workflow.name() + "' is OFFLINE; release it ONLINE before a start.");
    }
    if (options.startNodes().isEmpty()) {
      return Completable.complete();
    }
    return workflows
        .version(workflow.id(), workflow.version())
        .toSingle()
        .flatMap(version -> documents.stored(version.document()))
        .map(
            document ->
                document.definition().tasks().stream()
                    .map(TaskDefinition::name)
                    .collect(Collectors.toSet()))
        .doOnSuccess(known -> options.startNodes().forEach(node -> checkNode(node, known)))
        .ignoreElement();
  }

  private static void checkNode(String node, Set<String> known) {
    if (!known.contains(node)) {
      throw Problem.badField(
          "startNodes",
          "the workflow has no task '" + Texts.shown(node) + "'." + Texts.hint(node, known));
    }
  }

  private Single<Answer> insert(Call call, Workflow workflow, StartOptions options) {
    return ids.next()
        .flatMap(
            id ->
                intake
                    .start(
                        new InstanceIntake.Start(
                            id,
                            workflow.projectId(),
                            workflow.id(),
                            workflow.version(),
                            workflow.executionType(),
                            options,
                            null,
                            call.user().userId(),
                            call.user().name(),
                            call.idempotencyKey(),
                            clock.now()))
                    // With its id it is the same start, should only the reply have been lost.
                    .retry(1, StoreUnavailable.class::isInstance))
        .map(accepted -> answer(accepted, workflow));
  }

  private Answer answer(InstanceIntake.Accepted accepted, Workflow workflow) {
    WorkflowInstance instance = accepted.instance();
    if (accepted.isNew()) {
      looks.at(instance.id());
      onStarted.accept(instance.id());
      accepted.stopped().forEach(looks::at);
    } else if (instance.workflowId() != workflow.id()) {
      throw Problem.conflict(
          "IDEMPOTENCY_KEY_USED",
          "This Idempotency-Key has started another workflow, as instance "
              + instance.id()
              + "; use a new key.");
    }
    return Answer.json(
            202,
            new JsonObject()
                .put("id", instance.id().toString())
                .put("state", instance.state().name())
                .put("version", instance.version()))
        .with("Location", "/api/v1/workflow-instances/" + instance.id());
  }
}
