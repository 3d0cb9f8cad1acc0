package io.porpoise.master.shard;

import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterPorts;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.engine.StepKind;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.master.takeover.Residents;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore.SlotSum;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Which instances live in a shard's memory: how they enter it, and what commands do to them. */
final class Residence implements Residents {
  private final Shard shard;
  private final Actors actors;
  private final Ownership ownership;
  private final JournalWriter journal;
  private final Turns turns;
  private final MasterPorts ports;
  private final Definitions definitions;
  private final AppliedCommands applied = new AppliedCommands();
  private final Guests guests;

  Residence(
      Shard shard,
      Actors actors,
      Ownership ownership,
      JournalWriter journal,
      Turns turns,
      MasterPorts ports,
      MasterSettings settings) {
    this.shard = shard;
    this.actors = actors;
    this.ownership = ownership;
    this.journal = journal;
    this.turns = turns;
    this.ports = ports;
    guests =
        new Guests(actors, (id, then) -> journal.whenDurable(id, then, () -> {}), shard::forget);
    definitions = new Definitions(ports.runs(), settings.definitionCacheSize());
  }

  @Override
  public boolean isResident(WorkflowInstanceId id) {
    return actors.has(id);
  }

  @Override
  public boolean hasJust(SlotSum unfinished) {
    return actors.hasJust(unfinished);
  }

  @Override
  public boolean mayEnter(WorkflowInstanceId id) {
    return ownership.isReady(id.slot()) && actors.mayEnter(id);
  }

  @Override
  public long epoch(int slot) {
    return ownership.epoch(slot);
  }

  @Override
  public Single<Boolean> enter(StoredRun stored, long epoch, long departures) {
    WorkflowInstanceId id = stored.instance().id();
    if (actors.has(id)) {
      return Single.just(true);
    }
    if (actors.hasLeftSince(id, departures)) {
      return Single.just(false);
    }
    if (stored.instance().isFinished() && !guests.isInvited(id)) {
      actors.remove(id); // what was set aside has been ended by somebody else
      return Single.just(true);
    }
    return definitions
        .get(stored.instance().workflowId(), stored.instance().version())
        .map(
            loaded -> {
              boolean isStillMine =
                  ownership.owns(id.slot()) && ownership.epoch(id.slot()) == epoch;
              boolean isOld = actors.hasLeftSince(id, departures);
              if (isStillMine && !isOld && !actors.has(id)) {
                shard.enter(
                    new Actor(WorkflowRun.restore(loaded.definition(), loaded.graph(), stored)));
              }
              return !isOld;
            });
  }

  @Override
  public long departures() {
    return actors.departures();
  }

  @Override
  public boolean hasLeftSince(WorkflowInstanceId id, long departures) {
    return actors.hasLeftSince(id, departures);
  }

  @Override
  public void unreadable(WorkflowInstanceId id, String why) {
    shard.setAside(id, "it cannot be read: " + why);
  }

  @Override
  public void loaded(Collection<Integer> slots) {
    shard.loaded(slots);
  }

  @Override
  public void caughtUp(int slots, int instances, Duration took) {
    shard.caughtUp(slots, instances, took);
  }

  @Override
  public void broken(Throwable why) {
    shard.broken(why);
  }

  @Override
  public List<Integer> readySlots() {
    return ownership.readySlots();
  }

  @Override
  public boolean apply(Command command) {
    WorkflowInstanceId id = command.instance();
    if (!ownership.isReady(id.slot())) {
      return true;
    }
    if (actors.isSetAside(id)) {
      return !actors.hurry(id, command.id());
    }
    if (!actors.has(id)) {
      guests.invite(id);
      return false;
    }
    if (!applied.begin(command.id())) {
      return true;
    }
    guests.busy(id);
    // The row of the command must go in the very batch that holds what it changes. For this stay
    // only: while the mailbox waits for ids, another owner may come between and apply it.
    turns.post(
        id,
        actors.get(id).stay(),
        event(command),
        new Turns.Company(
            kind -> journal.addCommand(id, command.id(), trace(command, kind)),
            () -> {
              applied.durable(command.id());
              guests.done(id);
            },
            () -> {
              applied.dropped(command.id());
              guests.done(id);
            }));
    return true;
  }

  @Override
  public void looked(Collection<WorkflowInstanceId> ids) {
    ids.forEach(guests::mayLeave);
  }

  @Override
  public void refuse(Command command) {
    WorkflowInstanceId id = command.instance();
    if (applied.begin(command.id())) {
      journal.addCommand(id, command.id(), trace(command, StepKind.IGNORED));
      journal.whenDurable(
          id, () -> applied.durable(command.id()), () -> applied.dropped(command.id()));
      turns.schedule();
    }
  }

  /** As {@link Guests#hasEnded}. */
  void hasEnded(WorkflowInstanceId id) {
    guests.hasEnded(id);
  }

  /** As {@link Guests#lost}. */
  void lost(Collection<Integer> slots) {
    guests.lost(slots);
  }

  @Override
  public void readBegins() {
    applied.readBegins();
  }

  @Override
  public void readEnds() {
    applied.readEnds();
  }

  private static WorkflowEvent event(Command command) {
    return switch (command.type()) {
      case STOP -> new WorkflowEvent.StopRequested(command.actor());
      case PAUSE -> new WorkflowEvent.PauseRequested(command.actor());
      case RESUME -> reopening(command, Reopening.RESUME);
      case RERUN -> reopening(command, Reopening.RERUN);
      case RECOVER_FAILED -> reopening(command, Reopening.RECOVER_FAILED);
      case KILL_TASK -> ofTask(command, new TaskEvent.KillRequested(KillCause.USER));
      case FORCE_SUCCESS -> ofTask(command, new TaskEvent.SuccessForced());
    };
  }

  private static WorkflowEvent reopening(Command command, Reopening how) {
    return new WorkflowEvent.ReopenRequested(
        how, command.ticket(), command.round(), command.actor());
  }

  private static WorkflowEvent ofTask(Command command, TaskEvent event) {
    return new WorkflowEvent.OfTask(command.taskInstance(), event, command.actor());
  }

  /** A command that came too late leaves a trace instead of vanishing; a second stop is none. */
  private HistoryEntry trace(Command command, StepKind kind) {
    boolean isRefused = kind == StepKind.IGNORED && command.type() != Command.Type.STOP;
    return isRefused
        ? new HistoryEntry(
            ports.clock().now(), null, 0, null, "REFUSED", command.type().name(), command.actor())
        : null;
  }
}
