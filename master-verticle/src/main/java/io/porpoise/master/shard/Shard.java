package io.porpoise.master.shard;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.FeedWanted;
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
import io.porpoise.master.takeover.Adoption;
import io.porpoise.master.takeover.Loader;
import io.porpoise.owner.Looks;
import io.porpoise.owner.SlotAddresses;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
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
  private final MasterPorts ports;
  private final MasterSettings settings;
  private final String address;
  private final MasterEvents events;
  private final Ownership ownership = new Ownership();
  private final Actors actors;
  private final Backlog backlog;
  private final Watchers watchers;
  private final Feed feed;
  private final JournalWriter journal;
  private final Lines lines;
  private final Workers workers;
  private final Turns turns;
  private final WordsOut words;
  private final Losses losses;
  private final Answers answers;
  private final Loader loader;
  private final Adoption adoption;
  private final Farewell farewell;
  private final ReportIntake reports;
  private final Errands errands;
  private final Residence residence;

  /**
   * @param index of this shard within its master
   * @param addresses where the owners of all slots are
   */
  public Shard(
      MemberId master,
      int index,
      MasterPorts ports,
      MasterSettings settings,
      MasterEvents events,
      SlotAddresses addresses) {
    this.ports = ports;
    this.settings = settings;
    this.events = events;
    address = Addresses.shard(master, index);
    actors = new Actors(ports.clock());
    backlog = new Backlog(settings.pendingBytesMax());
    watchers = new Watchers(ports.clock(), ports.bus());
    feed = new Feed(ports.clock(), ports.bus());
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
    workers = new Workers(address, actors.placements(), lines::isReconciled);
    turns = new Turns(ports, settings, events, ownership, actors, journal, backlog, lines, workers);
    losses =
        new Losses(ports.clock(), settings.fencing(), ownership, actors, turns, lines::isThere);
    farewell = new Farewell(ports.clock(), journal, settings.claimDelay());
    errands = new Errands(ports, actors, turns, new Looks(ports.bus(), addresses, ports.clock()));
    residence = new Residence(this, actors, ownership, journal, turns, ports, settings);
    loader = new Loader(ports.clock(), ports.runs(), settings, residence);
    adoption = new Adoption(ports.clock(), ports.runs(), settings.loadPageSize(), residence);
    answers =
        new Answers(
            ownership,
            actors,
            watchers,
            new Explainer(workers, losses.watch(), errands),
            adoption::wish);
    reports =
        new ReportIntake(
            ports.clock(), new ReportedAttempts(turns, actors, ownership, journal, backlog));
  }

  /** Serves the shard's address. */
  public Completable start() {
    loader.start();
    errands.start(settings.sweepInterval());
    return ports.bus().serve(address, this::handle);
  }

  private Maybe<Message> handle(Message message) {
    if (message instanceof ReportBatch batch) {
      batch.reports().forEach(report -> adoption.wish(report.slot()));
      return reports.handle(batch);
    }
    if (message instanceof LeaseRequest request) {
      return Maybe.just(losses.grant(request));
    }
    if (message instanceof Look look) {
      loader.look(look.instances());
      errands.look(look.instances());
    }
    return answers.handle(message);
  }

  /** Takes slots over: reads their instances, tells the workers, and goes on with them. */
  public void adopt(Map<Integer, Long> slots) {
    ownership.gain(slots, ports.clock().monotonicNanos());
    adoption.add(slots);
  }

  /** The instances of these slots are in memory. */
  void loaded(Collection<Integer> slots) {
    ownership.ready(slots);
    Set<Integer> gained = new TreeSet<>(slots);
    lines.reconcile(ownership.all().stream().filter(slot -> gained.contains(slot.slot())).toList());
    actors.of(slots).forEach(actor -> turns.post(actor.run().id(), new WorkflowEvent.Adopted()));
    losses.check();
  }

  /** All slots are loaded. */
  void caughtUp(int slots, int instances, Duration took) {
    events.adopted(slots, instances, took);
    loader.sweepSoon();
  }

  void broken(Throwable why) {
    events.broken("slots cannot be adopted", why);
  }

  /** Takes an instance in. */
  void enter(Actor actor) {
    actors.add(actor);
    if (!actor.run().instance().isFinished() && ownership.isReady(actor.run().instance().slot())) {
      turns.post(actor.run().id(), new WorkflowEvent.Adopted());
      losses.check();
    }
  }

  /** Gives slots up: what is decided is written first, then their actors leave memory. */
  public Completable release(Collection<Integer> slots) {
    ownership.leave(slots);
    adoption.forget(slots);
    return farewell.written(actors.of(slots)).doOnComplete(() -> lose(slots));
  }

  /** The slots are somebody else's now. */
  public void lose(Collection<Integer> slots) {
    ownership.lose(slots);
    adoption.forget(slots);
    actors.forgetSetAside(slots);
    residence.lost(slots);
    for (Actor actor : actors.of(slots)) {
      forget(actor.run().id());
      journal.discard(actor.run().id());
    }
  }

  /** The instance leaves memory. */
  void forget(WorkflowInstanceId id) {
    actors.remove(id);
    watchers.forget(id);
    errands.forget(id);
  }

  /** The instance cannot go on for now; the others do. */
  void setAside(WorkflowInstanceId id, String why) {
    turns.setAside(id, why);
  }

  /** The database was asked then and says that these are the present epochs. */
  public void confirm(long[] epochs, long askedNanos) {
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
    losses.members(newestWorkers);
    turns.schedule();
  }

  /** The worker has stopped, and is to be back soon. */
  public void parted(MemberId worker) {
    losses.parted(worker);
  }

  public void heard(Heartbeat heartbeat) {
    workers.heard(heartbeat);
    turns.scheduleIfWaiting();
  }

  /** Somebody looks at lists of instances. */
  public void wanted(FeedWanted wish) {
    feed.wanted(wish);
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
    repeat(id, () -> words.dispatch(id, dispatch, lines));
  }

  void repeatKill(WorkflowInstanceId id, TaskInstanceId task, NodeId worker) {
    repeat(id, () -> words.kill(id, task, worker, lines));
  }

  private void repeat(WorkflowInstanceId id, Runnable words) {
    Runnable inItsOwnTurn =
        () -> {
          words.run();
          turns.schedule(); // a commit that it waited for may be the last thing that happens here
        };
    journal.whenDurable(id, inItsOwnTurn, () -> {});
  }

  /** How much there is, for the heartbeat. */
  public ShardLoad load() {
    watchers.expire();
    return new ShardLoad(actors.size(), turns.waiting(), ownership.size());
  }

  /** Stops at once: nothing more is written or said. */
  public void close() {
    adoption.close();
    turns.close();
    loader.close();
    errands.close();
    journal.close();
    lines.close();
    feed.close();
    losses.watch().close();
  }

  /** What follows from commits. */
  private final class Commits implements JournalListener {
    @Override
    public void committed(
        WorkflowInstanceId id, WorkflowInstance instance, List<TaskInstance> tasks) {
      watchers.committed(id, instance, tasks);
      feed.committed(id);
    }

    @Override
    public void perform(WorkflowInstanceId id, Effect effect) {
      if (effect instanceof Effect.Forget) {
        residence.hasEnded(id);
      } else if (effect instanceof Effect.SendDispatch send) {
        words.dispatch(id, send, lines);
      } else if (effect instanceof Effect.SendKill send) {
        words.kill(id, send.task(), send.worker(), lines);
      } else {
        errands.perform(id, effect);
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
