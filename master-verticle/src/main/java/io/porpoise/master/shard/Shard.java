package io.porpoise.master.shard;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.Explain;
import io.porpoise.bus.message.Explanations;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.ReportBatch;
import io.porpoise.bus.message.Watch;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterPorts;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.dispatch.Lines;
import io.porpoise.master.dispatch.LossWatch;
import io.porpoise.master.dispatch.Placements;
import io.porpoise.master.dispatch.Waiting;
import io.porpoise.master.dispatch.WaitingTasks;
import io.porpoise.master.dispatch.Workers;
import io.porpoise.master.engine.Effect;
import io.porpoise.master.engine.Step;
import io.porpoise.master.engine.StepKind;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.engine.WorkflowLifecycle;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.master.explain.Explainer;
import io.porpoise.master.report.ReportIntake;
import io.porpoise.master.takeover.Loader;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One event loop's share of a master. Everything in it runs on that loop; nobody else touches it.
 * It starts empty and is given slots.
 */
public final class Shard {
  /**
   * What goes with an event: something to be written with it, and who waits for it to be durable.
   */
  record Company(Runnable onApplied, Runnable onDurable, Runnable onDropped) {
    private static final Runnable NOTHING = () -> {};
    static final Company NONE = new Company(NOTHING, null, NOTHING);

    static Company waiting(Runnable onDurable, Runnable onDropped) {
      return new Company(NOTHING, onDurable, onDropped);
    }
  }

  private record Posted(WorkflowInstanceId id, WorkflowEvent event, Company company) {}

  private static final Duration DRAIN_LOOK = Duration.ofMillis(2);

  private final MasterPorts ports;
  private final MasterSettings settings;
  private final String address;
  private final MasterEvents events;
  private final Ownership ownership = new Ownership();
  private final Map<WorkflowInstanceId, Actor> actors = new LinkedHashMap<>();
  private final TreeSet<WorkflowInstanceId> setAside = new TreeSet<>();
  private final ArrayDeque<Posted> mailbox = new ArrayDeque<>();
  private final WaitingTasks waiting = new WaitingTasks();
  private final Placements placements = new Placements();
  private final CompositeDisposable running = new CompositeDisposable();
  private final TaskIds ids;
  private final Timers timers;
  private final Watchers watchers;
  private final JournalWriter journal;
  private final Lines lines;
  private final Workers workers;
  private final LossWatch losses;
  private final Explainer explainer;
  private final Loader loader;
  private final ReportIntake reports;
  private final Residence residence;
  private Disposable nextTurn = Disposable.disposed();
  private Disposable drain = Disposable.disposed();
  private boolean isTurnScheduled;

  /**
   * @param index of this shard within its master
   */
  public Shard(
      MemberId master, int index, MasterPorts ports, MasterSettings settings, MasterEvents events) {
    this.ports = ports;
    this.settings = settings;
    this.events = events;
    address = Addresses.shard(master, index);
    ids = new TaskIds(ports.clock(), ports.ids(), this::scheduleTurn);
    timers = new Timers(ports.clock(), this::post);
    watchers = new Watchers(ports.clock(), ports.bus());
    journal =
        new JournalWriter(
            ports.clock(), ports.journal(), master, index, settings, ownership, new Commits());
    lines =
        new Lines(
            ports.clock(),
            ports.bus(),
            address,
            settings.requestTimeout(),
            ownership::all,
            new WorkerWords(this, actors, ownership, placements));
    workers = new Workers(placements, lines::isReconciled);
    losses = new LossWatch(ports.clock(), settings.lossPatience(), this::workerLost);
    explainer = new Explainer(workers, losses);
    residence = new Residence(this, actors, setAside, ownership, journal, ports, settings);
    loader = new Loader(ports.clock(), ports.runs(), settings, residence);
    reports =
        new ReportIntake(
            ports.clock(), new ReportedAttempts(this, actors, setAside, ownership, journal));
  }

  /** Serves the shard's address. */
  public Completable start() {
    loader.start();
    return ports.bus().serve(address, this::handle);
  }

  private Maybe<Message> handle(Message message) {
    if (message instanceof ReportBatch batch) {
      return reports.handle(batch);
    }
    if (message instanceof Look look) {
      loader.look(look.instances());
    } else if (message instanceof Watch watch) {
      return Maybe.just(watch(watch));
    } else if (message instanceof Explain explain) {
      return Maybe.just(explain(explain));
    }
    return Maybe.empty();
  }

  private WatchAnswer watch(Watch watch) {
    boolean isMine = ownership.isReady(watch.instance().slot());
    boolean isHere = actors.containsKey(watch.instance());
    if (isMine) {
      watchers.add(watch); // also before it has been read: it may be about to be
    }
    return new WatchAnswer(isMine, isHere);
  }

  private Explanations explain(Explain explain) {
    List<Explanations.Explanation> found = new ArrayList<>();
    for (WorkflowInstanceId id : explain.instances()) {
      Actor actor = actors.get(id);
      if (actor != null) {
        found.add(explainer.explain(actor.run()));
      } else if (setAside.contains(id)) {
        Reason reason =
            new Reason(
                "SET_ASIDE",
                "set aside: the database refuses what is to be written of it; see the master's log");
        found.add(new Explanations.Explanation(id, reason, List.of()));
      }
    }
    return new Explanations(found);
  }

  /** Takes slots over: reads their instances, tells the workers, and goes on with them. */
  public void adopt(Map<Integer, Long> slots) {
    ownership.gain(slots);
    loader
        .adopt(slots.keySet())
        .subscribe(
            () -> adopted(slots),
            failure -> events.broken("slots cannot be adopted", failure),
            running);
  }

  private void adopted(Map<Integer, Long> slots) {
    List<Integer> still =
        slots.entrySet().stream()
            .filter(s -> ownership.owns(s.getKey()) && ownership.epoch(s.getKey()) == s.getValue())
            .map(Map.Entry::getKey)
            .toList();
    ownership.ready(still);
    lines.reconcile(ownership.all().stream().filter(slot -> still.contains(slot.slot())).toList());
    for (Actor actor : List.copyOf(actors.values())) {
      if (still.contains(actor.run().instance().slot())) {
        post(actor.run().id(), new WorkflowEvent.Adopted());
      }
    }
    checkLosses();
    events.adopted(still.size());
    loader.sweepSoon();
  }

  /** Gives slots up: what is decided is written first, then their actors leave memory. */
  public Completable release(Collection<Integer> slots) {
    residence.close(slots);
    return Completable.create(emitter -> drainThen(slots, emitter::onComplete));
  }

  private void drainThen(Collection<Integer> slots, Runnable done) {
    journal.flush();
    if (journal.isIdle() || journal.isStruggling()) {
      lose(slots);
      done.run();
      return;
    }
    drain = ports.clock().schedule(DRAIN_LOOK, () -> drainThen(slots, done));
  }

  /** The slots are somebody else's now. */
  public void lose(Collection<Integer> slots) {
    ownership.lose(slots);
    for (Actor actor : List.copyOf(actors.values())) {
      if (slots.contains(actor.run().instance().slot())) {
        forget(actor.run().id());
        journal.discard(actor.run().id());
      }
    }
  }

  /** Who is there, by the registry: the newest incarnation of each worker. */
  public void members(List<Member> newestWorkers) {
    lines.members(newestWorkers);
    workers.members(newestWorkers);
    checkLosses();
    scheduleTurn();
  }

  public void heard(Heartbeat heartbeat) {
    workers.heard(heartbeat);
    if (waiting.size() > 0) {
      scheduleTurn();
    }
  }

  private void checkLosses() {
    for (NodeId worker : placements.workers()) {
      if (!lines.isThere(worker)) {
        loseUnfenced(worker);
      }
    }
    losses.update(lines::isThere, placements.workers());
  }

  /**
   * Tasks that bear two attempts side by side need not wait until their worker is certainly dead.
   */
  private void loseUnfenced(NodeId worker) {
    placements
        .at(worker)
        .forEach(
            (task, instance) -> {
              WorkflowRun run = actors.get(instance).run();
              if (run.graph().task(run.nodeOf(task)).onWorkerLoss() == OnWorkerLoss.AT_ONCE) {
                post(instance, lost(task, worker));
              }
            });
  }

  private void workerLost(NodeId worker) {
    placements.at(worker).forEach((task, instance) -> post(instance, lost(task, worker)));
  }

  static WorkflowEvent lost(TaskInstanceId task, NodeId worker) {
    Reason reason = new Reason("WORKER_LOST", "worker " + worker + " was lost");
    return new WorkflowEvent.OfTask(task, new TaskEvent.Lost(worker, reason), "master");
  }

  void repeatDispatch(WorkflowInstanceId id, TaskInstanceId task, NodeId worker) {
    Actor actor = actors.get(id);
    journal.whenDurable(
        id,
        () -> residence.dispatch(actor, new Effect.SendDispatch(task, worker), lines),
        () -> {});
  }

  void repeatKill(WorkflowInstanceId id, TaskInstanceId task, NodeId worker) {
    Actor actor = actors.get(id);
    journal.whenDurable(
        id, () -> residence.kill(actor, new Effect.SendKill(task, worker), lines), () -> {});
  }

  void refused(NodeId worker, Reason reason) {
    workers.refused(worker, reason);
  }

  void post(WorkflowInstanceId id, WorkflowEvent event) {
    post(id, event, Company.NONE);
  }

  void post(WorkflowInstanceId id, WorkflowEvent event, Company company) {
    mailbox.add(new Posted(id, event, company));
    scheduleTurn();
  }

  /** One turn for all that arrives in the same round of the event loop. */
  void scheduleTurn() {
    if (!isTurnScheduled && !running.isDisposed()) {
      isTurnScheduled = true;
      nextTurn =
          ports
              .clock()
              .schedule(
                  Duration.ZERO,
                  () -> {
                    isTurnScheduled = false;
                    turn();
                  });
    }
  }

  private void turn() {
    for (Posted next = mailbox.peek(); next != null; next = mailbox.peek()) {
      Actor actor = actors.get(next.id());
      if (actor != null && !ids.has(actor.run().graph().size() + 1)) {
        break; // the turn goes on when there are ids
      }
      mailbox.poll();
      apply(actor, next);
    }
    waiting.place(this::stillWaits, workers::choose, this::place);
    journal.flush();
    lines.flush();
  }

  private void apply(Actor actor, Posted posted) {
    Company company = posted.company();
    if (actor == null) {
      company.onDropped().run();
      return;
    }
    apply(actor, posted.event());
    company.onApplied().run();
    if (company.onDurable() != null) {
      journal.whenDurable(posted.id(), company.onDurable(), company.onDropped());
    }
  }

  private void apply(Actor actor, WorkflowEvent event) {
    WorkflowRun run = actor.run();
    Step step =
        WorkflowLifecycle.apply(
            run, event, ports.clock().now(), ids, settings.lostReplacementsMax());
    if (step.kind() == StepKind.UNEXPECTED) {
      events.unexpected(run.id(), event);
    }
    step.tasks().forEach(placements::follow);
    List<Effect> afterCommit = new ArrayList<>();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Enqueue enqueue) {
        enqueue(run, enqueue.task());
      } else if (effect instanceof Effect.SetTimer timer) {
        timers.set(timer.at(), run.id(), timer.event());
      } else {
        afterCommit.add(effect);
      }
    }
    journal.add(run.instance(), step, afterCommit);
    events.stepped(step);
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
    Actor actor = actors.get(task.instance());
    TaskInstance now = actor == null ? null : actor.run().task(task.task());
    return now != null && now.state() == io.porpoise.instance.TaskState.SUBMITTED;
  }

  private void place(Waiting task, NodeId worker) {
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
    apply(actor, new WorkflowEvent.OfTask(row.id(), event, "master"));
  }

  void enter(Actor actor) {
    WorkflowRun run = actor.run();
    actors.put(run.id(), actor);
    run.tasks().forEach(placements::follow);
    if (ownership.isReady(run.instance().slot())) {
      post(run.id(), new WorkflowEvent.Adopted());
      checkLosses();
    }
  }

  private void forget(WorkflowInstanceId id) {
    Actor actor = actors.remove(id);
    if (actor != null) {
      actor.run().tasks().forEach(task -> placements.forget(task.id()));
    }
    watchers.forget(id);
  }

  /** How much there is, for the heartbeat. */
  public ShardLoad load() {
    watchers.expire();
    return new ShardLoad(actors.size(), waiting.size(), ownership.size());
  }

  /** Stops at once: nothing more is written or said. */
  public void close() {
    running.dispose();
    nextTurn.dispose();
    drain.dispose();
    loader.close();
    journal.close();
    lines.close();
    losses.close();
    timers.close();
    ids.close();
  }

  /** What follows from commits. */
  private final class Commits implements JournalWriter.Listener {
    @Override
    public void committed(
        WorkflowInstanceId id, WorkflowInstance instance, List<TaskInstance> tasks) {
      watchers.committed(id, instance, tasks);
    }

    @Override
    public void perform(WorkflowInstanceId id, Effect effect) {
      Actor actor = actors.get(id);
      if (actor == null) {
        return;
      }
      if (effect instanceof Effect.Forget) {
        forget(id);
      } else if (effect instanceof Effect.SendDispatch send) {
        residence.dispatch(actor, send, lines);
      } else if (effect instanceof Effect.SendKill send) {
        residence.kill(actor, send, lines);
      }
      scheduleTurn();
    }

    @Override
    public void lost(java.util.Set<Integer> slots) {
      lose(slots);
      events.slotsLost(slots);
    }

    @Override
    public void quarantined(WorkflowInstanceId id, String why) {
      setAside.add(id);
      forget(id);
      journal.discard(id);
    }
  }
}
