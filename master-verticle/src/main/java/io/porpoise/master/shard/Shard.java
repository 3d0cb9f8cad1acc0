package io.porpoise.master.shard;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.ReportBatch;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.RegistryState;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterPorts;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.dispatch.Lines;
import io.porpoise.master.dispatch.Workers;
import io.porpoise.master.engine.Effect;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.explain.Explainer;
import io.porpoise.master.report.ReportIntake;
import io.porpoise.master.takeover.Loader;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One event loop's share of a master. Everything in it runs on that loop; nobody else touches it.
 * It starts empty and is given slots.
 */
public final class Shard {
  private static final Duration DRAIN_LOOK = Duration.ofMillis(2);

  private final MasterPorts ports;
  private final String address;
  private final MasterEvents events;
  private final Ownership ownership = new Ownership();
  private final Actors actors;
  private final Backlog backlog;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Watchers watchers;
  private final JournalWriter journal;
  private final Lines lines;
  private final Workers workers;
  private final Turns turns;
  private final WordsOut words;
  private final Losses losses;
  private final Answers answers;
  private final Loader loader;
  private final ReportIntake reports;
  private Disposable drain = Disposable.disposed();

  /**
   * @param index of this shard within its master
   */
  public Shard(
      MemberId master, int index, MasterPorts ports, MasterSettings settings, MasterEvents events) {
    this.ports = ports;
    this.events = events;
    address = Addresses.shard(master, index);
    actors = new Actors(ports.clock());
    backlog = new Backlog(settings.pendingBytesMax());
    watchers = new Watchers(ports.clock(), ports.bus());
    words = new WordsOut(ownership, actors, settings.killGrace());
    journal =
        new JournalWriter(
            ports.clock(),
            ports.journal(),
            master,
            index,
            settings,
            ownership,
            backlog,
            new Commits());
    lines =
        new Lines(
            ports.clock(),
            ports.bus(),
            address,
            settings.requestTimeout(),
            ownership::all,
            new WorkerWords(this, actors, ownership));
    workers = new Workers(actors.placements(), lines::isReconciled);
    turns = new Turns(ports, settings, events, ownership, actors, journal, backlog, lines, workers);
    losses =
        new Losses(ports.clock(), settings.fencing(), ownership, actors, turns, lines::isThere);
    answers = new Answers(ownership, actors, watchers, new Explainer(workers, losses.watch()));
    loader =
        new Loader(
            ports.clock(),
            ports.runs(),
            settings,
            new Residence(this, actors, ownership, journal, turns, ports, settings));
    reports =
        new ReportIntake(
            ports.clock(), new ReportedAttempts(turns, actors, ownership, journal, backlog));
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
    if (message instanceof LeaseRequest request) {
      return Maybe.just(losses.grant(request));
    }
    if (message instanceof Look look) {
      loader.look(look.instances());
      return Maybe.empty();
    }
    return answers.handle(message);
  }

  /** Takes slots over: reads their instances, tells the workers, and goes on with them. */
  public void adopt(Map<Integer, Long> slots) {
    ownership.gain(slots, ports.clock().monotonicNanos());
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
    Set<Integer> gained = new TreeSet<>(still);
    lines.reconcile(ownership.all().stream().filter(slot -> gained.contains(slot.slot())).toList());
    actors.of(still).forEach(actor -> turns.post(actor.run().id(), new WorkflowEvent.Adopted()));
    losses.check();
    events.adopted(still.size());
    loader.sweepSoon();
  }

  /** Takes an instance in. */
  void enter(Actor actor) {
    actors.add(actor);
    if (ownership.isReady(actor.run().instance().slot())) {
      turns.post(actor.run().id(), new WorkflowEvent.Adopted());
      losses.check();
    }
  }

  /** Gives slots up: what is decided is written first, then their actors leave memory. */
  public Completable release(Collection<Integer> slots) {
    ownership.unready(slots);
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
    actors.forgetSetAside(slots);
    for (Actor actor : actors.of(slots)) {
      forget(actor.run().id());
      journal.discard(actor.run().id());
    }
  }

  private void forget(WorkflowInstanceId id) {
    actors.remove(id);
    watchers.forget(id);
  }

  /** The instance cannot go on for now; the others do. */
  void setAside(WorkflowInstanceId id, String why) {
    actors.setAside(id, why);
    journal.discard(id);
    events.setAside(id, why);
  }

  /** The database was asked then and says that these are the present epochs. */
  public void confirm(Map<Integer, Long> epochs, long askedNanos) {
    ownership.confirm(epochs, askedNanos);
  }

  /** Whether this master sees who is there. */
  public void registry(RegistryState state) {
    losses.sees(state == RegistryState.CONNECTED);
  }

  /** Who is there, by the registry: the newest incarnation of each worker. */
  public void members(List<Member> newestWorkers) {
    lines.members(newestWorkers);
    workers.members(newestWorkers);
    losses.check();
    turns.schedule();
  }

  public void heard(Heartbeat heartbeat) {
    workers.heard(heartbeat);
    turns.scheduleIfWaiting();
  }

  /** The attempt will not be heard of again. */
  void lost(WorkflowInstanceId instance, TaskInstanceId task, NodeId worker) {
    losses.lost(instance, task, worker);
  }

  void answered(WorkflowInstanceId id, TaskInstanceId task, TaskEvent event, String actor) {
    turns.post(id, new WorkflowEvent.OfTask(task, event, actor));
  }

  void refused(NodeId worker, Reason reason) {
    workers.refused(worker, reason);
  }

  void repeatDispatch(WorkflowInstanceId id, Effect.SendDispatch dispatch) {
    journal.whenDurable(id, () -> words.dispatch(id, dispatch, lines), () -> {});
  }

  void repeatKill(WorkflowInstanceId id, TaskInstanceId task, NodeId worker) {
    journal.whenDurable(id, () -> words.kill(id, task, worker, lines), () -> {});
  }

  /** How much there is, for the heartbeat. */
  public ShardLoad load() {
    watchers.expire();
    return new ShardLoad(actors.size(), turns.waiting(), ownership.size());
  }

  /** Stops at once: nothing more is written or said. */
  public void close() {
    running.dispose();
    drain.dispose();
    turns.close();
    loader.close();
    journal.close();
    lines.close();
    losses.watch().close();
  }

  /** What follows from commits. */
  private final class Commits implements JournalListener {
    @Override
    public void committed(
        WorkflowInstanceId id, WorkflowInstance instance, List<TaskInstance> tasks) {
      watchers.committed(id, instance, tasks);
    }

    @Override
    public void perform(WorkflowInstanceId id, Effect effect) {
      if (effect instanceof Effect.Forget) {
        forget(id);
      } else if (effect instanceof Effect.SendDispatch send) {
        words.dispatch(id, send, lines);
      } else if (effect instanceof Effect.SendKill send) {
        words.kill(id, send.task(), send.worker(), lines);
      }
      turns.schedule();
    }

    @Override
    public void lost(Set<Integer> slots) {
      lose(slots);
      events.slotsLost(slots);
    }

    @Override
    public void quarantined(WorkflowInstanceId id, String why) {
      setAside(id, "the database refuses what is to be written of it: " + why);
    }
  }
}
