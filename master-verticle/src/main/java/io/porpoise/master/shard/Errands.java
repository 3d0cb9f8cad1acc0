package io.porpoise.master.shard;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterPorts;
import io.porpoise.master.child.ChildOrder;
import io.porpoise.master.child.Children;
import io.porpoise.master.engine.Effect;
import io.porpoise.master.engine.Inbox;
import io.porpoise.master.explain.Explainer;
import io.porpoise.master.group.GroupSlots;
import io.porpoise.master.serial.SerialTurns;
import io.porpoise.owner.Looks;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Collection;

/**
 * Does what instances want of each other, once it is durable: turns in serial queues, slots of task
 * groups, child instances. What was asked for and not answered is asked for again now and then.
 */
final class Errands implements Explainer.Waits {
  private final Clock clock;
  private final Looks looks;
  private final SerialTurns serial;
  private final GroupSlots groups;
  private final Children children;
  private Disposable next = Disposable.disposed();

  Errands(MasterPorts ports, Actors actors, Inbox inbox, Looks looks) {
    clock = ports.clock();
    this.looks = looks;
    serial = new SerialTurns(ports.queues(), inbox, looks);
    groups = new GroupSlots(ports.clock(), ports.groups(), inbox, looks);
    children =
        new Children(
            new Children.Ports(ports.clock(), ports.runs(), ports.intake(), ports.ids()),
            new Parents(actors),
            inbox,
            looks);
  }

  /** Begins to sweep. */
  void start(Duration interval) {
    next =
        clock.schedule(
            interval,
            () -> {
              serial.sweep();
              groups.sweep();
              children.sweep();
              start(interval);
            });
  }

  void perform(WorkflowInstanceId id, Effect effect) {
    if (effect instanceof Effect.AwaitTurn turn) {
      serial.await(id, turn.workflowId(), turn.ticket());
    } else if (effect instanceof Effect.HandOver over) {
      serial.handOver(over.workflowId());
    } else if (effect instanceof Effect.AwaitSlot slot) {
      groups.await(slot.task());
    } else if (effect instanceof Effect.FreeSlot slot) {
      groups.freed(slot.group());
    } else if (effect instanceof Effect.StartChild start) {
      children.start(start.task());
    } else if (effect instanceof Effect.PauseChild pause) {
      children.pause(pause.child());
    } else if (effect instanceof Effect.StopChild stop) {
      children.stop(stop.child());
    } else if (effect instanceof Effect.TellParent tell) {
      looks.at(tell.parent());
    }
  }

  /** Somebody says that there is something new about these. */
  void look(Collection<WorkflowInstanceId> instances) {
    serial.look(instances);
    groups.look(instances);
    children.look(instances);
  }

  void forget(WorkflowInstanceId instance) {
    serial.forget(instance);
    groups.forget(instance);
    children.forget(instance);
  }

  @Override
  public WorkflowInstanceId firstInQueueOf(WorkflowInstanceId instance) {
    return serial.aheadOf(instance);
  }

  @Override
  public Reason ofGroup(TaskInstanceId task) {
    return groups.whyWaiting(task);
  }

  void close() {
    next.dispose();
    serial.close();
    groups.close();
    children.close();
  }

  /** The shard's instances, as their children ask for them. */
  private record Parents(Actors actors) implements Children.Parents {
    @Override
    public TaskInstance task(WorkflowInstanceId instance, TaskInstanceId task) {
      return actors.task(instance, task);
    }

    @Override
    public ChildOrder.Made order(WorkflowInstanceId instance, TaskInstanceId task) {
      Actor actor = actors.get(instance);
      return ChildOrders.of(actor, actor.run().task(task));
    }
  }
}
