package io.porpoise.api.instance;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Problem;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.owner.Looks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.InstanceQueries.InstanceView;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The routes of task instances, their logs apart. */
public final class TaskRoutes {
  private static final String BASE = "/api/v1/task-instances/{id}";

  private final InstanceQueries queries;
  private final InstanceIntake intake;
  private final Looks looks;
  private final Reasons reasons;
  private final InstanceJson json;

  public TaskRoutes(
      InstanceQueries queries,
      InstanceIntake intake,
      Looks looks,
      Reasons reasons,
      InstanceJson json) {
    this.queries = queries;
    this.intake = intake;
    this.looks = looks;
    this.reasons = reasons;
    this.json = json;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get(BASE, this::get), Endpoint.post(BASE + "/actions", this::act));
  }

  private Single<Answer> get(Call call) {
    return Found.task(queries, call.id("id"))
        .flatMap(task -> live(task).map(live -> Answer.json(200, json.task(task, live))));
  }

  private Single<Reasons.Live> live(TaskInstance task) {
    if (task.state().isTerminal() && !task.isRetryWaiting()) {
      return Single.just(Reasons.Live.NOTHING);
    }
    return instance(task).flatMap(instance -> reasons.live(List.of(instance)));
  }

  private Single<WorkflowInstance> instance(TaskInstance task) {
    return Found.instance(queries, task.workflowInstanceId().value()).map(InstanceView::instance);
  }

  private Single<Answer> act(Call call) {
    Actions.OfTask action = call.fields(Set.of("action")).oneOf("action", Actions.OfTask.class);
    if (action == null) {
      throw Problem.badField(
          "action", "must be one of " + Arrays.toString(Actions.OfTask.values()) + ".");
    }
    return Found.task(queries, call.id("id"))
        .flatMap(
            task ->
                instance(task)
                    .doOnSuccess(instance -> action.check(task, instance))
                    .flatMap(instance -> order(call, task, action)));
  }

  private Single<Answer> order(Call call, TaskInstance task, Actions.OfTask action) {
    return intake
        .command(
            new Wish(task.workflowInstanceId(), action.command(), task.id(), call.user().name()))
        .doOnSuccess(outcome -> Actions.check(outcome, task.workflowInstanceId()))
        .doOnSuccess(id -> looks.at(task.workflowInstanceId()))
        .map(
            id ->
                Answer.json(
                    202,
                    new JsonObject()
                        .put("id", task.id().toString())
                        .put("action", action.name())
                        .put("state", task.state().name())));
  }
}
