package io.porpoise.api.stream;

import io.porpoise.api.instance.Reasons.Live;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.store.InstanceQueries.InstanceView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** An instance and its valid task instances as they are known here at this moment. */
final class Picture {
  private InstanceView view;
  private Live live;
  private final Map<TaskInstanceId, TaskInstance> tasks = new TreeMap<>();

  /** What a new piece of news changed; nothing when it was known. */
  record Difference(boolean isInstanceChanged, List<TaskInstance> tasks) {
    boolean isNone() {
      return !isInstanceChanged && tasks.isEmpty();
    }
  }

  Picture(InstanceView view, List<TaskInstance> validTasks, Live live) {
    this.view = view;
    this.live = live;
    validTasks.forEach(task -> tasks.put(task.id(), task));
  }

  InstanceView view() {
    return view;
  }

  Live live() {
    return live;
  }

  Collection<TaskInstance> tasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  /** Takes over what was read; rows that are no longer valid count as changed. */
  Difference read(InstanceView newView, List<TaskInstance> validTasks, Live newLive) {
    Map<TaskInstanceId, TaskInstance> missing = new HashMap<>(tasks);
    List<TaskInstance> changed = new ArrayList<>();
    for (TaskInstance task : validTasks) {
      TaskInstance before = missing.remove(task.id());
      boolean isSameReason =
          Objects.equals(live.tasks().get(task.id()), newLive.tasks().get(task.id()));
      if (!task.equals(before) || !isSameReason) {
        tasks.put(task.id(), task);
        changed.add(task);
      }
    }
    for (TaskInstance task : missing.values()) {
      tasks.remove(task.id());
      changed.add(task.change().valid(false).done());
    }
    boolean isSameReason =
        Objects.equals(
            live.instances().get(view.instance().id()),
            newLive.instances().get(view.instance().id()));
    boolean isInstanceChanged = !newView.equals(view) || !isSameReason;
    view = newView;
    live = newLive;
    return new Difference(isInstanceChanged, changed);
  }

  /**
   * Takes over what the owner told after a commit; reasons of what has changed are no longer known.
   */
  Difference told(WorkflowInstance instance, List<TaskInstance> changedTasks) {
    Live remaining = new Live(new HashMap<>(live.instances()), new HashMap<>(live.tasks()), false);
    List<TaskInstance> changed = new ArrayList<>();
    for (TaskInstance task : changedTasks) {
      TaskInstance before = task.valid() ? tasks.put(task.id(), task) : tasks.remove(task.id());
      if (!task.equals(before) && (task.valid() || before != null)) {
        changed.add(task);
        remaining.tasks().remove(task.id());
      }
    }
    boolean isInstanceChanged = instance != null && !instance.equals(view.instance());
    if (isInstanceChanged) {
      view = new InstanceView(instance, view.project(), view.workflow(), view.owner());
      remaining.instances().remove(instance.id());
    }
    live = remaining;
    return new Difference(isInstanceChanged, changed);
  }
}
