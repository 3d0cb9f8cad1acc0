package io.porpoise.api.stream;

import io.porpoise.api.instance.InstanceJson;
import io.porpoise.api.instance.InstanceLists.Row;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells one client of one instance. While the client does not read, only what is dirty is
 * remembered; later it gets the state of that moment, not the steps that led there.
 *
 * <p>It ends with the instance, or stays until the client has enough: a finished instance may be
 * run again, and its tasks be forced to succeed. Nobody owns it meanwhile, so it is read again
 * whenever masters tell that a commit has touched it.
 */
final class InstanceSubscription implements Subscription, Watcher, FeedListener {
  /** When more has changed than masters name, which under load is always. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final int id;
  private final Outlet outlet;
  private final InstanceJson json;
  private final WorkflowInstanceId instance;
  private final Watches watches;
  private final Optional<InstanceFeed> afterwards;
  private final Clock clock;
  private final SerialDisposable look = new SerialDisposable();
  private Disposable watch = Disposable.disposed();

  private Picture picture;
  private boolean isSnapshotDue;
  private boolean isChangeDue;
  private boolean isEndDue;
  private boolean isLookDue;
  private final Map<TaskInstanceId, TaskInstance> dirty = new TreeMap<>();

  /**
   * @param afterwards tells of it when it has ended; empty: then the subscription ends
   */
  InstanceSubscription(
      int id,
      Outlet outlet,
      InstanceJson json,
      WorkflowInstanceId instance,
      Watches watches,
      Optional<InstanceFeed> afterwards,
      Clock clock) {
    this.id = id;
    this.outlet = outlet;
    this.json = json;
    this.instance = instance;
    this.watches = watches;
    this.afterwards = afterwards;
    this.clock = clock;
  }

  void start() {
    isLookDue = false;
    look.set(Disposable.disposed());
    watch.dispose();
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
    if (afterwards.isPresent()) {
      watch.dispose();
      watch = afterwards.get().add(this);
    } else {
      isEndDue = true;
    }
    proceed();
  }

  @Override
  public boolean wantsRows() {
    return true;
  }

  @Override
  public void changed(List<Row> rows) {
    if (rows.stream().anyMatch(row -> row.view().instance().id().equals(instance))) {
      start();
    }
  }

  @Override
  public void missed() {
    if (!isLookDue) {
      isLookDue = true;
      look.set(clock.schedule(LOOK, this::start));
    }
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
    look.dispose();
    watch.dispose();
  }
}
