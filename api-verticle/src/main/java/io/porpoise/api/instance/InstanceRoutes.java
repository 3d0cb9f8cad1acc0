package io.porpoise.api.instance;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Fields;
import io.porpoise.api.http.Page;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.api.workflow.Documents;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.owner.Looks;
import io.porpoise.store.Batch;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.InstanceQueries.HistoryRow;
import io.porpoise.store.InstanceQueries.InstanceView;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** The routes of workflow instances that exist. */
public final class InstanceRoutes {
  private static final String BASE = "/api/v1/workflow-instances";
  private static final String EVENT_CURSOR = "events";

  /** With more tasks than this the answer is written off the event loop: 10,000 take 0.2 s. */
  private static final int TASKS_ON_LOOP_MAX = 200;

  private final InstanceQueries queries;
  private final InstanceIntake intake;
  private final Looks looks;
  private final Reasons reasons;
  private final InstanceJson json;
  private final InstanceLists lists;
  private final Documents documents;

  public InstanceRoutes(
      InstanceQueries queries,
      InstanceIntake intake,
      Looks looks,
      Reasons reasons,
      InstanceJson json,
      InstanceLists lists,
      Documents documents) {
    this.queries = queries;
    this.intake = intake;
    this.looks = looks;
    this.reasons = reasons;
    this.json = json;
    this.lists = lists;
    this.documents = documents;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(BASE, this::list)
            .query("project", "workflow", "state", "from", "to", "limit", "cursor"),
        Endpoint.get(BASE + "/{id}", this::get).query("attempts"),
        Endpoint.get(BASE + "/{id}/events", this::events).query("limit", "cursor"),
        Endpoint.post(BASE + "/{id}/actions", this::act));
  }

  private Single<Answer> list(Call call) {
    int limit = Page.limit(call);
    return lists
        .page(
            new InstanceQueries.Filter(
                call.query("project"),
                call.query("workflow"),
                StateNames.parse(call.query("state")),
                time(call, "from"),
                time(call, "to"),
                InstanceLists.position(Page.after(call, InstanceLists.CURSOR)),
                limit))
        .map(page -> Answer.json(200, page));
  }

  private static Instant time(Call call, String name) {
    String text = call.query(name);
    if (text == null) {
      return null;
    }
    try {
      return Fields.Times.parse(text);
    } catch (DateTimeException e) {
      throw Problem.bad(
          "BAD_QUERY", "The query parameter '" + name + "' must be " + Fields.Times.FORM + ".");
    }
  }

  private Single<Answer> get(Call call) {
    String attempts = call.query("attempts");
    if (attempts != null && !attempts.equals("all") && !attempts.equals("valid")) {
      throw Problem.bad("BAD_QUERY", "The query parameter 'attempts' must be 'all' or 'valid'.");
    }
    return Found.instance(queries, call.id("id"))
        .flatMap(view -> detail(view, "all".equals(attempts)))
        .map(body -> Answer.of(200, "application/json", body));
  }

  private Single<Buffer> detail(InstanceView view, boolean isAllAttempts) {
    return Single.zip(
            queries.tasks(view.instance().id(), isAllAttempts),
            reasons.live(List.of(view.instance())),
            (tasks, live) -> detail(view, tasks, live))
        .flatMap(body -> body);
  }

  private Single<Buffer> detail(InstanceView view, List<TaskInstance> tasks, Reasons.Live live) {
    JsonObject instance = json.instance(view, live);
    Callable<Buffer> whole = () -> instance.put("tasks", json.tasks(tasks, live)).toBuffer();
    return tasks.size() > TASKS_ON_LOOP_MAX ? documents.offLoop(whole) : Single.fromCallable(whole);
  }

  private Single<Answer> events(Call call) {
    int limit = Page.limit(call);
    long after = Page.after(call, EVENT_CURSOR, 0);
    WorkflowInstanceId id = new WorkflowInstanceId(call.id("id"));
    return queries
        .history(id, after, limit + 1)
        .flatMap(rows -> rows.isEmpty() ? ifItExists(id).map(view -> rows) : Single.just(rows))
        .map(rows -> Answer.json(200, eventPage(rows, limit)));
  }

  private Single<InstanceView> ifItExists(WorkflowInstanceId id) {
    return Found.instance(queries, id.value());
  }

  /** The limit counts commits; each has one or more entries. */
  private static JsonObject eventPage(List<HistoryRow> rows, int limit) {
    JsonObject page =
        Page.of(
            rows,
            limit,
            EVENT_CURSOR,
            row -> Long.toString(row.number()),
            row -> new JsonObject().put("entries", entries(row)));
    JsonArray flat = new JsonArray();
    page.getJsonArray("items")
        .forEach(item -> flat.addAll(((JsonObject) item).getJsonArray("entries")));
    return page.put("items", flat);
  }

  private static JsonArray entries(HistoryRow row) {
    JsonArray array = new JsonArray();
    for (Batch.HistoryEntry entry : row.entries()) {
      array.add(
          new JsonObject()
              .put("number", Long.toString(row.number()))
              .put("time", Texts.time(entry.at()))
              .put("task", entry.task())
              .put("attempt", entry.attempt())
              .put("from", entry.from())
              .put("to", entry.to())
              .put("cause", entry.cause())
              .put("actor", entry.actor()));
    }
    return array;
  }

  private Single<Answer> act(Call call) {
    Fields fields = call.fields(Set.of("action"));
    Actions.OfWorkflow action = fields.oneOf("action", Actions.OfWorkflow.class);
    if (action == null) {
      throw Problem.badField(
          "action", "must be one of " + Arrays.toString(Actions.OfWorkflow.values()) + ".");
    }
    return Found.instance(queries, call.id("id"))
        .map(InstanceView::instance)
        .doOnSuccess(action::check)
        .flatMap(instance -> order(call, instance, action));
  }

  private void tellStopped(InstanceIntake.WishOutcome outcome) {
    if (outcome instanceof InstanceIntake.Recorded recorded) {
      recorded.stopped().forEach(looks::at);
    }
  }

  private Single<Answer> order(Call call, WorkflowInstance instance, Actions.OfWorkflow action) {
    return intake
        .command(new Wish(instance.id(), action.command, null, call.user().name()))
        .doOnSuccess(outcome -> Actions.check(outcome, instance.id()))
        .doOnSuccess(outcome -> looks.at(instance.id()))
        .doOnSuccess(this::tellStopped)
        .map(
            id ->
                Answer.json(
                    202,
                    new JsonObject()
                        .put("id", instance.id().toString())
                        .put("action", action.name())
                        .put("state", reasons.shownState(instance, Reasons.Live.NOTHING))));
  }
}
