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
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tasks of a shard wait for a slot of a task group. Free slots are given out whenever a task
 * begins to wait or gives its slot back; a slot that was given out here to a task of another owner
 * is told there. The sweep finds what a lost message would have told. What a freed slot costs does
 * not depend on how many wait.
 */
public final class GroupSlots {
  private static final Logger log = LoggerFactory.getLogger(GroupSlots.class);
  private static final String UNREADABLE = "task groups cannot be read; the sweep repeats it";

  /** How old the order of service may be that reasons tell. */
  private static final Duration STANDING_AGE_MAX = Duration.ofSeconds(1);

  /** Those of one group. */
  private static final class Queue {
    private final Map<TaskInstanceId, WorkflowInstanceId> waiters = new LinkedHashMap<>();

    /** A slot may have been given to them before this shard had them, or by another master. */
    private final Set<TaskInstanceId> unchecked = new HashSet<>();

    private Standing standing;

    /** Of those that wait, as of the standing; the first has 0. */
    private Map<TaskInstanceId, Integer> places = Map.of();

    private boolean isStandingOld;
    private boolean isStandingAwaited;
    private boolean isGranting;
    private boolean isToGrantAgain;
  }

  private final Clock clock;
  private final TaskGroups groups;
  private final Inbox inbox;
  private final Looks looks;
  private final Map<String, Queue> queues = new TreeMap<>();
  private final Map<TaskInstanceId, String> groupsOf = new HashMap<>();
  private final Map<WorkflowInstanceId, Set<TaskInstanceId>> ofInstances = new HashMap<>();
  private final CompositeDisposable running = new CompositeDisposable();

  public GroupSlots(Clock clock, TaskGroups groups, Inbox inbox, Looks looks) {
    this.clock = clock;
    this.groups = groups;
    this.inbox = inbox;
    this.looks = looks;
  }

  /** The task is told when it has a slot; its claim is durable. */
  public void await(TaskInstance task) {
    String group = task.claim().group();
    Queue queue = queues.computeIfAbsent(group, name -> new Queue());
    queue.waiters.put(task.id(), task.workflowInstanceId());
    queue.unchecked.add(task.id());
    groupsOf.put(task.id(), group);
    ofInstances
        .computeIfAbsent(task.workflowInstanceId(), id -> new LinkedHashSet<>())
        .add(task.id());
    grant(group);
  }

  /** A slot is free again. */
  public void freed(String group) {
    grant(group);
  }

  /** Somebody says that there is something new about these. */
  public void look(Collection<WorkflowInstanceId> instances) {
    List<TaskInstanceId> waiting = new ArrayList<>();
    instances.forEach(id -> waiting.addAll(ofInstances.getOrDefault(id, Set.of())));
    admitHolding(waiting)
        .subscribe(
            () -> {},
            failure -> log.atWarn().addKeyValue("cause", failure).log(UNREADABLE),
            running);
  }

  /** Gives out what is free, and asks for all that wait. */
  public void sweep() {
    new TreeMap<>(queues)
        .forEach(
            (group, queue) -> {
              queue.unchecked.addAll(queue.waiters.keySet());
              grant(group);
            });
  }

  public void forget(WorkflowInstanceId instance) {
    List.copyOf(ofInstances.getOrDefault(instance, Set.of())).forEach(this::remove);
  }

  /** Why a task waits, as far as was last seen; null: it does not wait here. */
  public Reason whyWaiting(TaskInstanceId task) {
    String group = groupsOf.get(task);
    if (group == null) {
      return null;
    }
    Queue queue = queues.get(group);
    Standing standing = queue.standing;
    String text = "waiting for a slot of task group " + group;
    if (standing != null) {
      int place = queue.places.getOrDefault(task, -1);
      text =
          "task group "
              + group
              + ": "
              + standing.held()
              + " of "
              + standing.size()
              + " slots"
              + (place < 0 ? "" : ", " + ordinal(place + 1) + " in line");
    }
    return new Reason("TASK_GROUP", text);
  }

  private static String ordinal(int number) {
    boolean isTeen = number / 10 % 10 == 1;
    String ending =
        switch (isTeen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return number + ending;
  }

  public void close() {
    running.dispose();
  }

  private void grant(String group) {
    Queue queue = queues.computeIfAbsent(group, name -> new Queue());
    if (queue.isGranting) {
      queue.isToGrantAgain = true;
      return;
    }
    queue.isGranting = true;
    groups
        .grant(group)
        .doOnSuccess(this::tell)
        .flatMapCompletable(told -> checked(queue))
        .subscribe(
            () -> granted(group, queue),
            failure -> {
              unreadable(group, failure);
              granted(group, queue);
            },
            running);
  }

  private void tell(List<Grant> grants) {
    for (Grant grant : grants) {
      if (groupsOf.containsKey(grant.task())) {
        admit(grant.task());
      } else {
        looks.at(grant.instance());
      }
    }
  }

  private Completable checked(Queue queue) {
    List<TaskInstanceId> asked = List.copyOf(queue.unchecked);
    return admitHolding(asked).doOnComplete(() -> asked.forEach(queue.unchecked::remove));
  }

  private Completable admitHolding(Collection<TaskInstanceId> waiting) {
    return waiting.isEmpty()
        ? Completable.complete()
        : groups.holding(waiting).doOnSuccess(held -> held.forEach(this::admit)).ignoreElement();
  }

  private void admit(TaskInstanceId task) {
    post(task, new TaskEvent.SlotGranted());
  }

  /** It waits no longer. */
  private void post(TaskInstanceId task, TaskEvent event) {
    WorkflowInstanceId instance = remove(task);
    if (instance != null) {
      inbox.post(instance, new WorkflowEvent.OfTask(task, event, "master"));
    }
  }

  private WorkflowInstanceId remove(TaskInstanceId task) {
    String group = groupsOf.remove(task);
    if (group == null) {
      return null;
    }
    Queue queue = queues.get(group);
    queue.unchecked.remove(task);
    WorkflowInstanceId instance = queue.waiters.remove(task);
    Set<TaskInstanceId> others = ofInstances.get(instance);
    others.remove(task);
    if (others.isEmpty()) {
      ofInstances.remove(instance);
    }
    return instance;
  }

  private void granted(String group, Queue queue) {
    queue.isGranting = false;
    if (queue.isToGrantAgain) {
      queue.isToGrantAgain = false;
      grant(group);
    } else if (queue.waiters.isEmpty()) {
      queues.remove(group, queue);
    } else {
      queue.isStandingOld = true;
      readStanding(group, queue);
    }
  }

  /** Once a while at most, however often slots are given out. */
  private void readStanding(String group, Queue queue) {
    if (queue.isStandingAwaited || !queue.isStandingOld || queue.waiters.isEmpty()) {
      return;
    }
    queue.isStandingAwaited = true;
    queue.isStandingOld = false;
    groups
        .standing(group)
        .subscribe(
            standing -> {
              stands(group, queue, standing);
              standAgainLater(group, queue);
            },
            failure -> {
              unreadable(group, failure);
              standAgainLater(group, queue);
            },
            running);
  }

  private void standAgainLater(String group, Queue queue) {
    clock.schedule(
        STANDING_AGE_MAX,
        () -> {
          queue.isStandingAwaited = false;
          readStanding(group, queue);
        },
        running);
  }

  private static void unreadable(String group, Throwable failure) {
    log.atWarn().addKeyValue("group", group).addKeyValue("cause", failure).log(UNREADABLE);
  }

  private void stands(String group, Queue queue, Standing standing) {
    queue.standing = standing;
    queue.places = new HashMap<>();
    standing.waiting().forEach(task -> queue.places.put(task, queue.places.size()));
    if (standing.size() < 0) {
      Reason reason =
          new Reason("NO_TASK_GROUP", "there is no task group " + group + " (it has been deleted)");
      List.copyOf(queue.waiters.keySet())
          .forEach(task -> post(task, new TaskEvent.Unpreparable(reason)));
    }
  }
}
