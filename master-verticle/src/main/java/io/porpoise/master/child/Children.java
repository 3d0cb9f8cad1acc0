package io.porpoise.master.child;

import io.porpoise.instance.ChildRun;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.Inbox;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.owner.Looks;
import io.porpoise.store.Command;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceIntake.Discarded;
import io.porpoise.store.InstanceIntake.NoInstance;
import io.porpoise.store.InstanceIntake.WishOutcome;
import io.porpoise.store.RunStore;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The children of a shard's instances, as long as their tasks wait for them. Everything is done
 * again by the sweep until it has had its effect: what the database says of a child decides, no
 * message does.
 */
public final class Children {
  /** The instances of the shard, as far as children ask for them. */
  public interface Parents {
    /** The task as it is now, or null. */
    TaskInstance task(WorkflowInstanceId instance, TaskInstanceId task);

    /** What the task's child is to be; only asked for a task that is there. */
    ChildOrder.Made order(WorkflowInstanceId instance, TaskInstanceId task);
  }

  private record Waiter(WorkflowInstanceId instance, TaskInstanceId task) {}

  private static final Logger log = LoggerFactory.getLogger(Children.class);
  private static final String UNREADABLE = "sub-workflows cannot be read; the sweep repeats it";

  private final RunStore runs;
  private final ChildStarts starts;
  private final ChildCommands commands;
  private final Parents parents;
  private final Inbox inbox;
  private final Looks looks;

  /** Tasks that have a child or are about to get one. */
  private final Map<TaskInstanceId, Waiter> waiters = new LinkedHashMap<>();

  private final Map<WorkflowInstanceId, Set<TaskInstanceId>> ofInstances = new HashMap<>();

  private final Set<TaskInstanceId> starting = new HashSet<>();
  private final CompositeDisposable running = new CompositeDisposable();

  public Children(Ports ports, Parents parents, Inbox inbox, Looks looks) {
    runs = ports.runs();
    starts = new ChildStarts(ports.clock(), ports.runs(), ports.intake(), ports.ids(), looks);
    this.parents = parents;
    this.inbox = inbox;
    this.looks = looks;
    commands = new ChildCommands(ports.intake(), looks);
  }

  /** What it needs of the outside. */
  public record Ports(Clock clock, RunStore runs, InstanceIntake intake, IdBlocks ids) {}

  /** The task's child is started, set going again, or, when it runs already, followed. */
  public void start(TaskInstance task) {
    Waiter waiter = new Waiter(task.workflowInstanceId(), task.id());
    waiters.put(task.id(), waiter);
    ofInstances.computeIfAbsent(waiter.instance(), id -> new LinkedHashSet<>()).add(task.id());
    if (task.child() == null) {
      insert(waiter);
    } else {
      check(List.of(waiter));
    }
  }

  public void pause(WorkflowInstanceId child) {
    commands.send(child, Command.Type.PAUSE);
  }

  public void stop(WorkflowInstanceId child) {
    commands.send(child, Command.Type.STOP);
  }

  /** Somebody says that there is something new about these. */
  public void look(Collection<WorkflowInstanceId> instances) {
    if (waiters.isEmpty()) {
      return;
    }
    List<Waiter> wanted = new ArrayList<>();
    for (WorkflowInstanceId instance : instances) {
      for (TaskInstanceId task : ofInstances.getOrDefault(instance, Set.of())) {
        wanted.add(waiters.get(task));
      }
    }
    check(wanted);
  }

  /** Tries again whatever has not had its effect yet. */
  public void sweep() {
    List<Waiter> all = List.copyOf(waiters.values());
    for (Waiter waiter : all) {
      TaskInstance task = current(waiter);
      if (task != null && task.child() == null) {
        insert(waiter);
      }
    }
    check(all);
    commands.sendAgain();
  }

  public void forget(WorkflowInstanceId instance) {
    List.copyOf(ofInstances.getOrDefault(instance, Set.of())).forEach(this::remove);
  }

  public void close() {
    commands.close();
    running.dispose();
  }

  /** The task as long as it waits for its child; else it is forgotten here. */
  private TaskInstance current(Waiter waiter) {
    TaskInstance task = parents.task(waiter.instance(), waiter.task());
    if (task == null || !task.valid() || !isActive(task)) {
      remove(waiter.task());
      return null;
    }
    return task;
  }

  private void remove(TaskInstanceId task) {
    Waiter waiter = waiters.remove(task);
    if (waiter != null) {
      Set<TaskInstanceId> others = ofInstances.get(waiter.instance());
      others.remove(task);
      if (others.isEmpty()) {
        ofInstances.remove(waiter.instance());
      }
    }
  }

  private static boolean isActive(TaskInstance task) {
    return task.state() == TaskState.DISPATCHED || task.state() == TaskState.RUNNING;
  }

  private void insert(Waiter waiter) {
    if (current(waiter) == null || starting.contains(waiter.task())) {
      return;
    }
    starting.add(waiter.task());
    starts
        .start(() -> parents.order(waiter.instance(), waiter.task()))
        .subscribe(
            outcome -> {
              starting.remove(waiter.task());
              started(waiter, outcome);
            },
            failure -> {
              starting.remove(waiter.task());
              log.atWarn()
                  .addKeyValue("taskInstance", waiter.task())
                  .addKeyValue("cause", failure)
                  .log("a sub-workflow could not be started yet; the sweep repeats it");
            },
            running);
  }

  private void started(Waiter waiter, ChildStarts.Outcome outcome) {
    if (outcome.refusal() != null) {
      post(waiter, new TaskEvent.ChildRefused(outcome.refusal()));
      return;
    }
    WorkflowInstance child = outcome.child();
    post(waiter, new TaskEvent.ChildStarted(new ChildRun(child.id(), 0)));
    if (child.isFinished()) {
      tell(waiter, child); // discarded by its serial definition, or a repeated start
    } else {
      looks.at(child.id());
    }
  }

  private void check(List<Waiter> some) {
    Map<WorkflowInstanceId, Waiter> byChild = new LinkedHashMap<>();
    for (Waiter waiter : some) {
      TaskInstance task = current(waiter);
      if (task != null && task.child() != null) {
        byChild.put(task.child().id(), waiter);
      }
    }
    if (byChild.isEmpty()) {
      return;
    }
    runs.instances(new ArrayList<>(byChild.keySet()))
        .subscribe(
            children -> children.forEach(child -> seen(byChild.get(child.id()), child)),
            failure -> log.atWarn().addKeyValue("cause", failure).log(UNREADABLE),
            running);
  }

  private void seen(Waiter waiter, WorkflowInstance child) {
    TaskInstance task = current(waiter);
    if (task == null || task.child() == null || !task.child().id().equals(child.id())) {
      return;
    }
    boolean isNews = child.round() > task.child().round();
    if (isNews && child.isFinished()) {
      tell(waiter, child);
    } else if (isNews && task.state() == TaskState.DISPATCHED) {
      post(waiter, new TaskEvent.ChildStarted(task.child()));
    } else if (!isNews) {
      goOn(waiter, task, child); // it is as its former end left it
    }
  }

  private void goOn(Waiter waiter, TaskInstance task, WorkflowInstance child) {
    if (task.isKilling()) {
      endUnlessSetGoing(waiter, child);
      return;
    }
    if (commands.areOnTheWayTo(child.id())) {
      return; // the sweep asks again if that does not have its effect
    }
    Command.Type how =
        child.state() == WorkflowState.PAUSED ? Command.Type.RESUME : Command.Type.RECOVER_FAILED;
    commands.setGoing(child, how, outcome -> setGoing(waiter, outcome));
  }

  /** A child that cannot be set going again ends the attempt that waits for it. */
  private void setGoing(Waiter waiter, WishOutcome outcome) {
    if (outcome instanceof Discarded discarded) {
      refuse(
          waiter,
          "SERIAL_DISCARD",
          "workflow instance " + discarded.unfinished() + " of the sub-workflow is unfinished");
    } else if (outcome instanceof NoInstance) {
      refuse(waiter, "NO_CHILD", "the instance of the sub-workflow does not exist any more");
    }
  }

  private void refuse(Waiter waiter, String code, String text) {
    post(waiter, new TaskEvent.ChildRefused(new Reason(code, text)));
  }

  /** A child that is not about to be set going need not be stopped. */
  private void endUnlessSetGoing(Waiter waiter, WorkflowInstance child) {
    if (commands.areOnTheWayTo(child.id())) {
      return;
    }
    List<WorkflowInstanceId> id = List.of(child.id());
    runs.commandsOf(id)
        .filter(List::isEmpty)
        .flatMapSingle(none -> runs.instances(id)) // one may have been applied before that
        .subscribe(
            now -> {
              if (now.stream().allMatch(row -> row.round() == child.round())) {
                refuse(waiter, "NOT_SET_GOING", "its sub-workflow had not been set going again");
              }
            },
            failure -> log.atWarn().addKeyValue("cause", failure).log(UNREADABLE),
            () -> {},
            running);
  }

  private void tell(Waiter waiter, WorkflowInstance child) {
    ChildRun ended = new ChildRun(child.id(), child.round());
    post(waiter, new TaskEvent.ChildEnded(ended, child.state(), child.reason(), child.outputs()));
  }

  private void post(Waiter waiter, TaskEvent event) {
    inbox.post(waiter.instance(), new WorkflowEvent.OfTask(waiter.task(), event, "master"));
  }
}
