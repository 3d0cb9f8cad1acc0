package io.porpoise.api.stream;

import io.porpoise.api.instance.InstanceJson;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells one client of one instance. While the client does not read, only what is dirty is
 * remembered; later it gets the state of that moment, not the steps that led there.
 */
final class InstanceSubscription implements Subscription, Watcher {
  private final int id;
  private final Outlet outlet;
  private final InstanceJson json;
  private final WorkflowInstanceId instance;
  private Disposable watch = Disposable.disposed();

  private Picture picture;
  private boolean isSnapshotDue;
  private boolean isChangeDue;
  private boolean isEndDue;
  private final Map<TaskInstanceId, TaskInstance> dirty = new TreeMap<>();

  InstanceSubscription(int id, Outlet outlet, InstanceJson json, WorkflowInstanceId instance) {
    this.id = id;
    this.outlet = outlet;
    this.json = json;
    this.instance = instance;
  }

  void start(Watches watches) {
    watch = watches.watch(instance, this);
  }

  @Override
  public void snapshot(Picture now) {
    picture = now;
    isSnapshotDue = true;
    proceed();
  }

  @Override
  public void changed(Picture now, List<TaskInstance> tasks) {
    picture = now;
    isChangeDue = true;
    tasks.forEach(task -> dirty.put(task.id(), task));
    proceed();
  }

  @Override
  public void ended(Picture now) {
    picture = now;
    isEndDue = true;
    proceed();
  }

  @Override
  public void missing() {
    outlet.send(Words.error(id, "NOT_FOUND", "There is no workflow instance " + instance + "."));
    outlet.ended(id);
  }

  @Override
  public void grant(long bytes) {
    // Events are small and coalesce; credit is for logs.
  }

  @Override
  public void proceed() {
    if (picture == null || outlet.isFull()) {
      return;
    }
    if (isSnapshotDue) {
      outlet.send(event("snapshot").put("tasks", json.tasks(picture.tasks(), picture.live())));
    } else if (isChangeDue) {
      outlet.send(event("changed").put("tasks", json.tasks(dirty.values(), picture.live())));
    }
    isSnapshotDue = false;
    isChangeDue = false;
    dirty.clear();
    if (isEndDue) {
      isEndDue = false;
      outlet.send(Words.end(id));
      outlet.ended(id);
    }
  }

  private JsonObject event(String event) {
    return new JsonObject()
        .put("type", "event")
        .put("id", id)
        .put("event", event)
        .put("instance", json.instance(picture.view(), picture.live()));
  }

  @Override
  public void close() {
    watch.dispose();
  }
}
