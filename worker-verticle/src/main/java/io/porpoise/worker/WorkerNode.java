package io.porpoise.worker;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.bus.message.Parting;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.node.config.WorkerConfig.StopMode;
import io.porpoise.time.Clock;
import io.porpoise.worker.attempt.AttemptListener;
import io.porpoise.worker.attempt.Attempts;
import io.porpoise.worker.intake.Intake;
import io.porpoise.worker.log.LogReads;
import io.porpoise.worker.owner.Lease;
import io.porpoise.worker.owner.LeaseRenewal;
import io.porpoise.worker.owner.SlotOwners;
import io.porpoise.worker.report.Reports;
import io.porpoise.worker.spool.Attempt;
import io.porpoise.worker.task.TaskTypes;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of one worker: its parts, its beat once a second, its start and its stop. Everything
 * happens on the event loop on which it was made.
 */
public final class WorkerNode implements AttemptListener {
  private static final Logger log = LoggerFactory.getLogger(WorkerNode.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration SETTLE_MAX = Duration.ofSeconds(5);

  /** When nothing runs; what is started brings a lease of its own. */
  private static final Duration KEEPER_LEASE_IDLE = Duration.ofSeconds(20);

  private final Member self;
  private final WorkerSettings settings;
  private final WorkerPorts ports;
  private final Clock clock;
  private final SlotOwners owners = new SlotOwners();
  private final Lease lease;
  private final LeaseRenewal renewal;
  private final Attempts attempts;
  private final Reports reports;
  private final Intake intake;
  private final Room room;
  private final LogReads logs;
  private final CompositeDisposable running = new CompositeDisposable();
  private Disposable nextBeat = Disposable.disposed();
  private long sweptNanos;

  public WorkerNode(Member self, WorkerSettings settings, TaskTypes types, WorkerPorts ports) {
    this.self = self;
    this.settings = settings;
    this.ports = ports;
    clock = ports.clock();
    lease = new Lease(settings.session(), owners);
    attempts = new Attempts(clock, ports.spool(), ports.processes(), this, this::leaseOf);
    renewal =
        new LeaseRenewal(
            self.id(), clock, ports.bus(), ports.registry(), owners, lease, this::endWithoutLease);
    room = new Room(settings.limits(), attempts, clock, this::publish);
    reports = new Reports(self.id(), clock, ports.bus(), owners, attempts);
    intake =
        new Intake(
            clock,
            owners,
            lease,
            attempts,
            types,
            room,
            reports::redirected,
            settings.refusalMemory());
    logs = new LogReads(clock, ports.logs(), attempts::isGrowing);
    sweptNanos = clock.monotonicNanos();
  }

  /**
   * Takes over what a former life left, opens for commands, and joins. Completes when others can
   * see it.
   */
  public Completable start() {
    return attempts
        .adopt()
        .andThen(ports.bus().serve(Addresses.intake(id()), intake::handle))
        .andThen(ports.bus().serve(Addresses.logs(id()), logs::handle))
        .andThen(Completable.defer(this::join))
        .doOnComplete(this::beat);
  }

  /** Stops as the settings say what becomes of the attempts; completes when it is over. */
  public Completable stop() {
    room.stop();
    log.atInfo()
        .addKeyValue("mode", settings.stopMode())
        .addKeyValue("running", attempts.aliveCount())
        .log("Worker stops");
    return attemptsStopped()
        .andThen(until(() -> reports.isSettled() && attempts.isTidy(), SETTLE_MAX))
        .andThen(Completable.defer(this::closed));
  }

  /** How the worker is at present. */
  public Heartbeat.Load load() {
    return room.load();
  }

  /** Bugs met so far: events that must not come in the state in which they came. */
  public long unexpected() {
    return attempts.unexpected();
  }

  @Override
  public void taken(Attempt attempt) {
    owners.hear(attempt.slot(), attempt.dispatch().epoch(), attempt.ownerAddress());
    room.changed();
  }

  @Override
  public void changed(Attempt attempt, boolean hasEnded) {
    reports.changed(attempt.id(), attempt.slot(), hasEnded);
  }

  @Override
  public void ended(TaskInstanceId id) {
    logs.ended(id);
    room.changed();
  }

  @Override
  public void released(TaskInstanceId id) {
    reports.forget(id);
  }

  private MemberId id() {
    return self.id();
  }

  private Completable join() {
    long sent = clock.monotonicNanos();
    return ports.registry().join(self).doOnComplete(() -> renewal.touched(sent));
  }

  private Duration leaseOf(int slot) {
    return lease.remaining(slot, clock.monotonicNanos());
  }

  private void beat() {
    ports
        .load()
        .sample()
        .subscribe(
            room::sampled,
            error -> log.atWarn().setCause(error).log("Load of the machine not known"),
            running);
    publish();
    renewal.beat();
    endWithoutLease();
    tellKeeper();
    sweep();
    nextBeat = clock.schedule(BEAT, this::beat);
  }

  private void publish() {
    ports.bus().publish(Addresses.HEARTBEAT, new Heartbeat(id(), load()));
    room.told();
  }

  /** Ends what may go on no longer. */
  private void endWithoutLease() {
    long now = clock.monotonicNanos();
    boolean isAnyLeft = false;
    for (Attempt attempt : attempts.alive()) {
      if (lease.hasBegun() && !lease.isHeld(attempt.slot(), now)) {
        attempts.leaseEnded(attempt.id());
        isAnyLeft = true;
      }
    }
    if (isAnyLeft) {
      ports.processes().insist();
    }
  }

  /** Tells the keeper how long all that runs may go on without us. */
  private void tellKeeper() {
    if (!lease.hasBegun()) {
      return;
    }
    Duration least = KEEPER_LEASE_IDLE;
    for (Attempt attempt : attempts.alive()) {
      Duration left = leaseOf(attempt.slot());
      if (!left.isZero() && left.compareTo(least) < 0) {
        least = left;
      }
    }
    ports.processes().renewLease(least);
  }

  private void sweep() {
    long now = clock.monotonicNanos();
    if (now - sweptNanos < SWEEP.toNanos()) {
      return;
    }
    sweptNanos = now;
    ports
        .spool()
        .sweep(settings.spoolTtl())
        .subscribe(
            () -> {},
            error -> log.atWarn().setCause(error).log("Old attempts not removed"),
            running);
  }

  private Completable attemptsStopped() {
    return switch (settings.stopMode()) {
      case LEAVE -> Completable.complete();
      case WAIT -> until(() -> attempts.aliveCount() == 0, settings.stopWait());
      case KILL -> Completable.defer(this::attemptsKilled);
    };
  }

  private Completable attemptsKilled() {
    attempts.killAll(settings.killGrace().toMillis());
    return until(() -> attempts.aliveCount() == 0, settings.killGrace().plus(SETTLE_MAX));
  }

  /** Completes when that is so, or when it has taken too long. */
  private Completable until(BooleanSupplier isSo, Duration max) {
    return Completable.create(
        done -> {
          long deadline = clock.monotonicNanos() + max.toNanos();
          look(isSo, deadline, done::onComplete);
        });
  }

  private void look(BooleanSupplier isSo, long deadline, Runnable then) {
    if (isSo.getAsBoolean() || clock.monotonicNanos() - deadline >= 0) {
      then.run();
    } else {
      clock.schedule(LOOK, () -> look(isSo, deadline, then), running);
    }
  }

  private Completable closed() {
    nextBeat.dispose();
    room.close();
    if (settings.stopMode() == StopMode.LEAVE) {
      ports.bus().publish(Addresses.HEARTBEAT, new Parting(id()));
    }
    return ports
        .bus()
        .close(Addresses.intake(id()))
        .andThen(ports.bus().close(Addresses.logs(id())))
        .andThen(ports.registry().leave())
        .andThen(ports.processes().close())
        .doFinally(
            () -> {
              renewal.close();
              reports.close();
              logs.close();
              attempts.close();
              running.dispose();
            });
  }
}
