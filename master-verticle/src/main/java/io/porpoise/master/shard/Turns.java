package io.porpoise.master.shard;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterPorts;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.dispatch.Lines;
import io.porpoise.master.dispatch.Waiting;
import io.porpoise.master.dispatch.WaitingTasks;
import io.porpoise.master.dispatch.Workers;
import io.porpoise.master.engine.Effect;
import io.porpoise.master.engine.EngineSettings;
import io.porpoise.master.engine.Inbox;
import io.porpoise.master.engine.Step;
import io.porpoise.master.engine.StepKind;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.engine.WorkflowEvent.OfTask;
import io.porpoise.master.engine.WorkflowLifecycle;
import io.porpoise.master.engine.WorkflowRun;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The mailbox of a shard and what happens in one turn of it: events are applied, ready tasks get
 * their workers, and the journal and the lines are told to go on. Plain data and plain calls on one
 * event loop.
 */
final class Turns implements Inbox {
  /**
   * What goes with an event: something to be written with it, and who waits for it to be durable.
   */
  record Company(Consumer<StepKind> onApplied, Runnable onDurable, Runnable onDropped) {
    private static final Consumer<StepKind> NOTHING = kind -> {};
    static final Company NONE = new Company(NOTHING, null, () -> {});

    static Company waiting(Runnable onDurable, Runnable onDropped) {
      return new Company(NOTHING, onDurable, onDropped);
    }
  }

  /**
   * An event in the mailbox.
   *
   * @param stay of the instance in memory for which it is meant, or {@link #ANY_STAY}
   */
  private record Posted(WorkflowInstanceId id, WorkflowEvent event, Company company, long stay) {
    static final long ANY_STAY = 0;

    boolean isFor(Actor actor) {
      return actor != null && (stay == ANY_STAY || stay == actor.stay());
    }
  }

  private final MasterPorts ports;
  private final EngineSettings engine;
  private final MasterEvents events;
  private final Ownership ownership;
  private final Actors actors;
  private final JournalWriter journal;
  private final Backlog backlog;
  private final Lines lines;
  private final Workers workers;
  private final TaskIds ids;
  private final Timers timers;
  private final WaitingTasks waiting = new WaitingTasks();
  private final ArrayDeque<Posted> mailbox = new ArrayDeque<>();
  private Disposable next = Disposable.disposed();
  private boolean isScheduled;
  private boolean isStuck;
  private boolean isClosed;

  Turns(
      MasterPorts ports,
      MasterSettings settings,
      MasterEvents events,
      Ownership ownership,
      Actors actors,
      JournalWriter journal,
      Backlog backlog,
      Lines lines,
      Workers workers) {
    this.ports = ports;
    engine = settings.engine();
    this.events = events;
    this.ownership = ownership;
    this.actors = actors;
    this.journal = journal;
    this.backlog = backlog;
    this.lines = lines;
    this.workers = workers;
    ids = new TaskIds(ports.clock(), ports.ids(), this::schedule);
    timers = new Timers(ports.clock(), this::due);
  }

  @Override
  public void post(WorkflowInstanceId id, WorkflowEvent event) {
    post(id, event, Company.NONE);
  }

  void post(WorkflowInstanceId id, WorkflowEvent event, Company company) {
    mailbox.add(new Posted(id, event, company, Posted.ANY_STAY));
    schedule();
  }

  /** For this stay of the instance in memory only. */
  void post(WorkflowInstanceId id, long stay, WorkflowEvent event, Company company) {
    mailbox.add(new Posted(id, event, company, stay));
    schedule();
  }

  private void due(WorkflowInstanceId id, long stay, WorkflowEvent event) {
    post(id, stay, event, Company.NONE);
  }

  /** One turn for all that arrives in the same round of the event loop. */
  void schedule() {
    if (isScheduled || isClosed) {
      return;
    }
    isScheduled = true;
    next =
        ports
            .clock()
            .schedule(
                Duration.ZERO,
                () -> {
                  isScheduled = false;
                  turn();
                });
  }

  /** Room may have come up for those that wait. */
  void scheduleIfWaiting() {
    if (waiting.size() > 0) {
      schedule();
    }
  }

  /** Whether the mailbox waits for ids from the database. */
  boolean isStuck() {
    return isStuck;
  }

  int waiting() {
    return waiting.size();
  }

  void close() {
    isClosed = true;
    next.dispose();
    timers.close();
    ids.close();
  }

  private void turn() {
    isStuck = false;
    for (Posted first = mailbox.peek(); first != null; first = mailbox.peek()) {
      Actor actor = actors.get(first.id());
      if (actor != null && !ids.has(actor.run().graph().size() + 1)) {
        isStuck = true;
        break; // the turn goes on when there are ids
      }
      mailbox.poll();
      meet(actor, first);
    }
    if (!backlog.isFull()) {
      waiting.place(this::stillWaits, workers::choose, this::place);
    }
    journal.flush();
    lines.flush();
  }

  private void meet(Actor actor, Posted posted) {
    Company company = posted.company();
    if (!posted.isFor(actor) || ownership.isLeaving(posted.id().slot())) {
      company.onDropped().run();
      return;
    }
    StepKind kind = applyGuarded(actor, posted.event());
    if (kind == null) {
      company.onDropped().run();
      return;
    }
    company.onApplied().accept(kind);
    if (company.onDurable() != null) {
      journal.whenDurable(posted.id(), company.onDurable(), company.onDropped());
    }
  }

  /** Whatever goes wrong with one instance, the others go on; null when it did. */
  private StepKind applyGuarded(Actor actor, WorkflowEvent event) {
    try {
      return apply(actor, event);
    } catch (RuntimeException broken) {
      broken(actor.run().id(), broken);
      return null;
    }
  }

  private void broken(WorkflowInstanceId id, RuntimeException why) {
    events.broken("workflow instance " + id + " cannot go on", why);
    setAside(id, "a fault of Porpoise, see the log of its master: " + why);
  }

  /** The instance cannot go on for now; the others do. */
  void setAside(WorkflowInstanceId id, String why) {
    actors.setAside(id, why);
    journal.discard(id);
    events.setAside(id, why);
  }

  private StepKind apply(Actor actor, WorkflowEvent event) {
    WorkflowRun run = actor.run();
    Step step = WorkflowLifecycle.apply(run, event, ports.clock().now(), ids, engine);
    if (step.kind() == StepKind.UNEXPECTED) {
      events.unexpected(run.id(), event);
    }
    step.tasks().forEach(actors.placements()::follow);
    List<Effect> afterCommit = new ArrayList<>();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Enqueue enqueue) {
        enqueue(run, enqueue.task());
      } else if (effect instanceof Effect.SetTimer timer) {
        timers.set(timer.at(), run.id(), actor.stay(), timer.event());
      } else if (effect instanceof Effect.Decide decide) {
        TaskInstanceId task = decide.task().id();
        post(run.id(), new OfTask(task, Decisions.decide(actor, decide.task()), "master"));
      } else {
        afterCommit.add(effect);
      }
    }
    journal.add(run.instance(), step, afterCommit);
    events.stepped(step);
    return step.kind();
  }

  private void enqueue(WorkflowRun run, TaskInstance task) {
    var definition = run.graph().task(run.nodeOf(task.id()));
    waiting.add(
        new Waiting(
            run.id(),
            task.id(),
            task.workerGroup(),
            run.priority(),
            definition.priority(),
            definition.taskGroupPriority(),
            task.firstSubmitTime()));
  }

  private boolean stillWaits(Waiting task) {
    TaskInstance now = actors.task(task.instance(), task.task());
    return now != null
        && now.state() == TaskState.SUBMITTED
        && !ownership.isLeaving(task.instance().slot());
  }

  private void place(Waiting task, NodeId worker) {
    try {
      assign(task, worker);
    } catch (RuntimeException broken) {
      broken(task.instance(), broken);
    }
  }

  private void assign(Waiting task, NodeId worker) {
    Actor actor = actors.get(task.instance());
    TaskInstance row = actor.run().task(task.task());
    long epoch = ownership.epoch(actor.run().instance().slot());
    Preparer.Prepared prepared = Preparer.prepare(actor, row, epoch, row.dispatches() + 1);
    TaskEvent event;
    if (prepared.failure() != null) {
      event = new TaskEvent.Unpreparable(prepared.failure());
    } else {
      actor.prepared().put(row.id(), prepared.dispatch());
      event = new TaskEvent.Assigned(worker, prepared.dispatch().params());
    }
    StepKind unused = apply(actor, new OfTask(row.id(), event, "master")); // MOVED, being chosen
  }
}
