package io.porpoise.master.shard;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterPorts;
import io.porpoise.master.MasterSettings;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.master.takeover.Residents;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Command;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Completable;
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
    definitions = new Definitions(ports.runs(), settings.definitionCacheSize());
  }

  @Override
  public boolean isResident(WorkflowInstanceId id) {
    return actors.has(id);
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
  public Completable enter(StoredRun stored, long epoch) {
    WorkflowInstanceId id = stored.instance().id();
    if (actors.has(id)) {
      return Completable.complete();
    }
    if (stored.instance().isFinished()) {
      actors.remove(id); // what was set aside has been ended by somebody else
      return Completable.complete();
    }
    return definitions
        .get(stored.instance().workflowId(), stored.instance().version())
        .doOnSuccess(
            loaded -> {
              boolean isStillMine =
                  ownership.owns(id.slot()) && ownership.epoch(id.slot()) == epoch;
              if (isStillMine && !actors.has(id)) {
                shard.enter(
                    new Actor(
                        WorkflowRun.restore(
                            loaded.definition(),
                            loaded.graph(),
                            stored.instance(),
                            stored.tasks())));
              }
            })
        .ignoreElement();
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
      return false;
    }
    WorkflowEvent event = event(command);
    if (event == null) {
      refuse(command);
    } else if (applied.begin(command.id())) {
      // The row of the command must go in the very batch that holds what it changes.
      Runnable delete = () -> journal.addCommand(id, command.id(), null);
      turns.post(
          id,
          event,
          new Turns.Company(
              delete, () -> applied.durable(command.id()), () -> applied.dropped(command.id())));
    }
    return true;
  }

  @Override
  public void refuse(Command command) {
    WorkflowInstanceId id = command.instance();
    if (applied.begin(command.id())) {
      journal.addCommand(id, command.id(), refusal(command));
      journal.whenDurable(
          id, () -> applied.durable(command.id()), () -> applied.dropped(command.id()));
      turns.schedule();
    }
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
      case KILL_TASK ->
          new WorkflowEvent.OfTask(
              command.taskInstance(),
              new TaskEvent.KillRequested(io.porpoise.instance.KillCause.USER),
              command.actor());
      case PAUSE, RESUME, RERUN, RECOVER_FAILED, FORCE_SUCCESS -> null;
    };
  }

  /** A command that came too late leaves a trace instead of vanishing. */
  private HistoryEntry refusal(Command command) {
    return new HistoryEntry(
        ports.clock().now(), null, 0, null, "REFUSED", command.type().name(), command.actor());
  }
}
