package io.porpoise.master.group;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Inbox;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.owner.Looks;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.TaskGroups.Grant;
import io.porpoise.store.TaskGroups.Standing;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tasks of a shard wait for a slot of a task group. Free slots are given out whenever a task
 * begins to wait or gives its slot back; a slot that was given out here to a task of another owner
 * is told there. The sweep finds what a lost message would have told.
 */
public final class GroupSlots {
  private record Waiter(WorkflowInstanceId instance, String group) {}

  private static final Logger log = LoggerFactory.getLogger(GroupSlots.class);

  private final TaskGroups groups;
  private final Inbox inbox;
  private final Looks looks;
  private final Map<TaskInstanceId, Waiter> waiters = new LinkedHashMap<>();
  private final Set<String> granting = new HashSet<>();
  private final Set<String> grantAgain = new HashSet<>();
  private final Map<String, Standing> standings = new HashMap<>();
  private final CompositeDisposable running = new CompositeDisposable();

  public GroupSlots(TaskGroups groups, Inbox inbox, Looks looks) {
    this.groups = groups;
    this.inbox = inbox;
    this.looks = looks;
  }

  /** The task is told when it has a slot; its claim is durable. */
  public void await(TaskInstance task) {
    waiters.put(task.id(), new Waiter(task.workflowInstanceId(), task.claim().group()));
    grant(task.claim().group());
  }

  /** A slot is free again. */
  public void freed(String group) {
    grant(group);
  }

  /** Somebody says that there is something new about these. */
  public void look(Collection<WorkflowInstanceId> instances) {
    if (waiters.isEmpty()) {
      return;
    }
    Set<WorkflowInstanceId> wanted = new HashSet<>(instances);
    List<TaskInstanceId> waiting = new ArrayList<>();
    waiters.forEach(
        (task, waiter) -> {
          if (wanted.contains(waiter.instance())) {
            waiting.add(task);
          }
        });
    check(waiting);
  }

  /** Gives out what is free, and asks for all that wait. */
  public void sweep() {
    TreeSet<String> all = new TreeSet<>();
    waiters.values().forEach(waiter -> all.add(waiter.group()));
    all.forEach(this::grant);
  }

  public void forget(WorkflowInstanceId instance) {
    waiters.values().removeIf(waiter -> waiter.instance().equals(instance));
  }

  /** Why a task waits, as far as was last seen; null: it does not wait here. */
  public Reason whyWaiting(TaskInstanceId task) {
    Waiter waiter = waiters.get(task);
    if (waiter == null) {
      return null;
    }
    Standing standing = standings.get(waiter.group());
    String text = "waiting for a slot of task group " + waiter.group();
    if (standing != null) {
      int place = standing.waiting().indexOf(task);
      text =
          "task group "
              + waiter.group()
              + ": "
              + standing.held()
              + " of "
              + standing.size()
              + " slots taken"
              + (place < 0 ? "" : ", number " + (place + 1) + " in line");
    }
    return new Reason("TASK_GROUP", text);
  }

  public void close() {
    running.dispose();
  }

  private void grant(String group) {
    if (!granting.add(group)) {
      grantAgain.add(group);
      return;
    }
    groups
        .grant(group)
        .flatMap(this::told)
        .flatMap(told -> holding(waitersOf(group)))
        .flatMap(told -> groups.standing(group))
        .subscribe(
            standing -> {
              standings.put(group, standing);
              granted(group);
            },
            failure -> {
              refused(group, failure);
              granted(group);
            },
            running);
  }

  private Single<Boolean> told(List<Grant> grants) {
    grants.forEach(
        grant -> {
          if (waiters.containsKey(grant.task())) {
            admit(grant.task());
          } else {
            looks.at(grant.instance());
          }
        });
    return Single.just(true);
  }

  /** A slot may have been given to them before this shard had them, or by another master. */
  private Single<Boolean> holding(List<TaskInstanceId> waiting) {
    if (waiting.isEmpty()) {
      return Single.just(true);
    }
    return groups
        .holding(waiting)
        .map(
            held -> {
              held.forEach(this::admit);
              return true;
            });
  }

  private void check(List<TaskInstanceId> waiting) {
    holding(waiting)
        .subscribe(
            done -> {},
            failure -> log.atWarn().addKeyValue("cause", failure).log(UNREADABLE),
            running);
  }

  private static final String UNREADABLE = "task groups cannot be read; the sweep repeats it";

  private void admit(TaskInstanceId task) {
    Waiter waiter = waiters.remove(task);
    if (waiter != null) {
      post(waiter, task, new TaskEvent.SlotGranted());
    }
  }

  private void refused(String group, Throwable failure) {
    if (!(failure instanceof NoSuchElementException)) {
      log.atWarn().addKeyValue("group", group).addKeyValue("cause", failure).log(UNREADABLE);
      return;
    }
    Reason reason =
        new Reason("NO_TASK_GROUP", "there is no task group " + group + " (it has been deleted)");
    for (TaskInstanceId task : waitersOf(group)) {
      post(waiters.remove(task), task, new TaskEvent.Unpreparable(reason));
    }
  }

  private void post(Waiter waiter, TaskInstanceId task, TaskEvent event) {
    inbox.post(waiter.instance(), new WorkflowEvent.OfTask(task, event, "master"));
  }

  private List<TaskInstanceId> waitersOf(String group) {
    List<TaskInstanceId> waiting = new ArrayList<>();
    waiters.forEach(
        (task, waiter) -> {
          if (waiter.group().equals(group)) {
            waiting.add(task);
          }
        });
    return waiting;
  }

  private void granted(String group) {
    granting.remove(group);
    if (waitersOf(group).isEmpty()) {
      standings.remove(group);
    }
    if (grantAgain.remove(group)) {
      grant(group);
    }
  }
}
