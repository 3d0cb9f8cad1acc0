package io.porpoise.api.instance;

import io.porpoise.api.http.Problem;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.InstanceQueries;
import io.reactivex.rxjava3.core.Single;

/** Rows by id, or the problem (404) that says that there is none. */
public final class Found {
  private Found() {}

  public static Single<InstanceQueries.InstanceView> instance(InstanceQueries queries, long id) {
    return queries
        .find(new WorkflowInstanceId(id))
        .switchIfEmpty(
            Single.error(() -> Problem.notFound("There is no workflow instance " + id + ".")));
  }

  public static Single<TaskInstance> task(InstanceQueries queries, long id) {
    return queries
        .task(new TaskInstanceId(id))
        .switchIfEmpty(
            Single.error(() -> Problem.notFound("There is no task instance " + id + ".")));
  }
}
