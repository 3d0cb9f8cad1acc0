package io.porpoise.api.tasktype;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Endpoint;
import io.porpoise.definition.document.TaskTypes;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The route of task types. */
public final class TaskTypeRoutes {
  private final Buffer forms;

  private TaskTypeRoutes(Buffer forms) {
    this.forms = forms;
  }

  /** Reads what is served; blocks for some milliseconds. */
  public static TaskTypeRoutes load() {
    return new TaskTypeRoutes(TaskTypeForms.load(TaskTypes.standard()).toBuffer());
  }

  public List<Endpoint> endpoints() {
    // The same for everybody, and as long as the server is the same.
    return List.of(
        Endpoint.get(
            "/api/v1/task-types",
            call ->
                Single.just(
                    Answer.of(200, Endpoint.JSON, forms)
                        .with("Cache-Control", "private, max-age=60"))));
  }
}
