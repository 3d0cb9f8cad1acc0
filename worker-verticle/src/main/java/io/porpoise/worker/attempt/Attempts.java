package io.porpoise.worker.attempt;

import io.porpoise.bus.message.AttemptReport;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.time.Clock;
import io.porpoise.worker.lifecycle.AttemptEffect;
import io.porpoise.worker.lifecycle.AttemptEvent;
import io.porpoise.worker.lifecycle.AttemptLife;
import io.porpoise.worker.lifecycle.AttemptLifecycle;
import io.porpoise.worker.lifecycle.AttemptState;
import io.porpoise.worker.lifecycle.AttemptStep;
import io.porpoise.worker.lifecycle.StepKind;
import io.porpoise.worker.process.ProcessEvent;
import io.porpoise.worker.process.Processes;
import io.porpoise.worker.report.PictureSource;
import io.porpoise.worker.spool.Attempt;
import io.porpoise.worker.spool.Spool;
import io.porpoise.worker.task.UnusableTask;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All attempts that are not released, each with its life; performs what their lives demand. */
public final class Attempts implements PictureSource {
  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  private final Clock clock;
  private final Spool spool;
  private final Processes processes;
  private final AttemptListener listener;
  private final IntFunction<Duration> leaseOf;
  private final OutputCollector outputs;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Map<TaskInstanceId, Held> table = new TreeMap<>();
  private int alive;
  private int releasing;
  private long unexpected;

  /**
   * @param leaseOf how long attempts of a slot may go on from now
   */
  public Attempts(
      Clock clock,
      Spool spool,
      Processes processes,
      AttemptListener listener,
      IntFunction<Duration> leaseOf) {
    this.clock = clock;
    this.spool = spool;
    this.processes = processes;
    this.listener = listener;
    this.leaseOf = leaseOf;
    outputs = new OutputCollector(spool, this::apply);
    processes.onEvent(this::hear);
  }

  /** Takes over what a former life of the worker left behind; completes when all is known. */
  public Completable adopt() {
    return spool
        .unreleased()
        .flatMap(
            left -> {
              left.forEach(this::leftBehind);
              return processes.adopt(left.stream().map(Attempt::id).toList());
            })
        .doOnSuccess(events -> events.forEach(this::hear))
        .ignoreElement();
  }

  public boolean holds(TaskInstanceId id) {
    return table.containsKey(id);
  }

  /** The word on an attempt that is held. */
  public Single<Acceptance> acceptance(TaskInstanceId id) {
    return table.get(id).acceptance;
  }

  /** Takes a new attempt; starts at once, whether anybody listens to the answer or not. */
  public Single<Acceptance> accept(Attempt attempt) {
    AttemptLife life = AttemptLife.creating(!attempt.dispatch().outputNames().isEmpty());
    Held held = new Held(attempt, life);
    table.put(attempt.id(), held);
    alive++;
    held.acceptance =
        spool
            .create(attempt)
            .map(isNew -> created(held, isNew))
            .onErrorReturn(error -> notCreated(held, error))
            .cache();
    held.acceptance.subscribe(word -> {}, error -> {}, running);
    return held.acceptance;
  }

  public void kill(TaskInstanceId id, long graceMillis) {
    apply(table.get(id), new AttemptEvent.KillRequested(graceMillis));
  }

  /** Kills all; their ends are reported as the owners' own wish. */
  public void killAll(long graceMillis) {
    List.copyOf(table.values())
        .forEach(held -> apply(held, new AttemptEvent.KillRequested(graceMillis)));
  }

  /** The owner of these slots may by now believe that this worker is dead. */
  public void leaseEnded(TaskInstanceId id) {
    Held held = table.get(id);
    if (held != null) {
      apply(held, new AttemptEvent.LeaseEnded());
    }
  }

  /** Attempts of which something runs or may come to run, in the order of their ids. */
  public List<Attempt> alive() {
    return table.values().stream()
        .filter(held -> held.life.state().mayRun())
        .map(held -> held.attempt)
        .toList();
  }

  /** How many take up room: those that have not ended. */
  public int aliveCount() {
    return alive;
  }

  /** How many there are, those included whose ends have not been acknowledged. */
  public int heldCount() {
    return table.size();
  }

  /** All that is held in these slots; outputs are told by reports only. */
  public List<AttemptReport> pictures(Collection<Integer> slots) {
    long now = clock.monotonicNanos();
    return table.values().stream()
        .filter(held -> slots.contains(held.attempt.slot()))
        .map(held -> held.pictureWithoutOutputs(now))
        .toList();
  }

  /** Whether something may still be appended to its log. */
  public boolean isGrowing(TaskInstanceId id) {
    Held held = table.get(id);
    return held != null && held.life.state().takesRoom();
  }

  /** Whether all that was acknowledged is out of the way on disk, too. */
  public boolean isTidy() {
    return releasing == 0;
  }

  /** Bugs met so far: events that must not come in the state in which they came. */
  public long unexpected() {
    return unexpected;
  }

  @Override
  public AttemptReport picture(TaskInstanceId id) {
    Held held = table.get(id);
    return held == null || held.life.state() == AttemptState.CREATING
        ? null
        : held.picture(clock.monotonicNanos());
  }

  @Override
  public void acknowledged(TaskInstanceId id) {
    apply(table.get(id), new AttemptEvent.Acknowledged());
  }

  @Override
  public void unwanted(TaskInstanceId id) {
    Held held = table.get(id);
    if (held != null) {
      apply(held, new AttemptEvent.Unwanted());
    }
  }

  /** Nothing that is still under way is waited for; what runs goes on. */
  public void close() {
    outputs.close();
    running.dispose();
  }

  private void leftBehind(Attempt attempt) {
    AttemptLife life = AttemptLife.leftBehind(!attempt.dispatch().outputNames().isEmpty());
    table.put(attempt.id(), new Held(attempt, life));
    alive++;
    listener.taken(attempt);
  }

  private Acceptance created(Held held, boolean isNew) {
    if (isNew) {
      listener.taken(held.attempt);
    }
    apply(held, isNew ? new AttemptEvent.Created() : new AttemptEvent.Existed());
    return Acceptance.ACCEPTED;
  }

  private Acceptance notCreated(Held held, Throwable error) {
    if (error instanceof UnusableTask unusable) {
      listener.taken(held.attempt);
      apply(held, new AttemptEvent.NotStarted(unusable.reason()));
      return Acceptance.ACCEPTED;
    }
    Reason reason = new Reason("SPOOL_UNAVAILABLE", String.valueOf(error.getMessage()));
    log.atWarn()
        .addKeyValue("taskInstance", held.attempt.id())
        .setCause(error)
        .log("Attempt refused, its directory cannot be made");
    apply(held, new AttemptEvent.NotCreated(reason));
    return new Acceptance(reason);
  }

  private void hear(ProcessEvent event) {
    Held held = table.get(event.id());
    if (held == null) {
      return;
    }
    long now = clock.monotonicNanos();
    if (event instanceof ProcessEvent.Started started) {
      held.started(now - started.ago().toNanos());
      spool.follow(event.id(), held.attempt.dispatch().outputNames());
      apply(held, new AttemptEvent.Started());
    } else if (event instanceof ProcessEvent.Exited exited) {
      if (!held.life.started()) {
        held.started(now - exited.took().toNanos());
      }
      held.ended(exited.took().toNanos());
      apply(held, new AttemptEvent.Exited(exited.exitCode(), exited.killed()));
    } else if (event instanceof ProcessEvent.Vanished vanished) {
      apply(held, new AttemptEvent.Vanished(vanished.reason()));
    }
  }

  private void apply(Held held, AttemptEvent event) {
    boolean before = held.life.state().takesRoom();
    AttemptStep step = AttemptLifecycle.apply(held.life, event);
    held.life = step.life();
    if (step.kind() == StepKind.UNEXPECTED) {
      unexpected++;
      log.atWarn()
          .addKeyValue("taskInstance", held.attempt.id())
          .addKeyValue("state", held.life.state())
          .addKeyValue("event", event)
          .log("Unexpected event of an attempt");
    }
    if (before && !held.life.state().takesRoom()) {
      alive--;
      spool.unfollow(held.attempt.id());
      listener.ended(held.attempt.id());
    }
    if (held.life.state() == AttemptState.RELEASED) {
      table.remove(held.attempt.id());
      outputs.forget(held.attempt.id());
    }
    step.effects().forEach(effect -> perform(held, effect));
  }

  private void perform(Held held, AttemptEffect effect) {
    TaskInstanceId id = held.attempt.id();
    if (effect instanceof AttemptEffect.Start) {
      processes.start(held.attempt, leaseOf.apply(held.attempt.slot()));
    } else if (effect instanceof AttemptEffect.Kill kill) {
      processes.kill(id, Duration.ofMillis(kill.graceMillis()));
    } else if (effect instanceof AttemptEffect.Report) {
      listener.changed(held.attempt, held.life.phase().isEnd());
    } else if (effect instanceof AttemptEffect.CollectOutputs) {
      outputs.collect(held);
    } else if (effect instanceof AttemptEffect.Release) {
      release(held);
    }
  }

  private void release(Held held) {
    TaskInstanceId id = held.attempt.id();
    listener.released(id);
    releasing++;
    spool
        .release(id)
        .doFinally(() -> releasing--)
        .subscribe(
            () -> {},
            // It is reported again after the next start; the owner then acknowledges it again.
            error ->
                log.atWarn()
                    .addKeyValue("taskInstance", id)
                    .setCause(error)
                    .log("Attempt not released"),
            running);
  }
}
