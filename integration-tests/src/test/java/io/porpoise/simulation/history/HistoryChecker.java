package io.porpoise.simulation.history;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.machine.MachineListener;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.store.Batch;
import io.porpoise.worker.spool.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees every commit and every process of a history from outside, and holds the promises against
 * them. It knows nothing of what masters and workers think. Each broken promise is one sentence.
 */
final class HistoryChecker implements MachineListener {
  /** After the last fault: a lost worker, a kill, its verification, and some. */
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(5);

  private static final Duration STOP_BOUND = Duration.ofSeconds(60);

  private final Truth truth;
  private final ProcessPromises processes;
  private final SerialPromises serial;
  private final GroupPromises groups;
  private final BatchPromises batches;
  private final StatePromises state;
  private boolean hasChanged;
  private long faultsEndedAt;

  HistoryChecker(Truth truth) {
    this.truth = truth;
    processes = new ProcessPromises(truth);
    serial = new SerialPromises(truth);
    groups = new GroupPromises(truth);
    batches = new BatchPromises(truth, serial, groups);
    state = new StatePromises(truth);
    truth.database.onCommit(this::committing);
    truth.world.afterEachStep(this::look);
    lookNowAndThen();
  }

  private void lookNowAndThen() {
    var unused =
        truth.world.after(
            NOW_AND_THEN,
            () -> {
              serial.lookAtTime();
              groups.lookAtTime();
              lookNowAndThen();
            });
  }

  /** How many attempts have run as processes. */
  int processes() {
    return truth.started.size();
  }

  /** From now on nothing goes wrong any more. */
  void faultsEnd(Duration untilSettled) {
    faultsEndedAt = truth.world.nanos();
    truth.settlesAt(faultsEndedAt + untilSettled.toNanos());
  }

  @Override
  public void started(SimMachine machine, Attempt attempt) {
    hasChanged = true;
    processes.started(machine, attempt);
  }

  @Override
  public void gone(SimMachine machine, Attempt attempt) {
    hasChanged = true;
    processes.gone(machine, attempt);
  }

  @Override
  public void released(SimMachine machine, Attempt attempt) {
    processes.released(machine, attempt);
  }

  private void committing(Batch batch) {
    hasChanged = true;
    batches.committing(batch);
  }

  /** After each event; when it has changed neither rows nor processes, all is as it was. */
  private void look() {
    if (hasChanged) {
      hasChanged = false;
      state.look();
      serial.look();
      groups.look();
    }
  }

  /** After the time without faults: everything has ended. */
  void atTheEnd(Users users, List<SimMachine> machines) {
    for (WorkflowInstanceId id : users.accepted()) {
      truth.check(truth.instance(id) != null, "an acknowledged start is never lost: %s", id);
    }
    long started = truth.database.instances().stream().filter(i -> i.parent() == null).count();
    truth.check(
        started == users.accepted().size(),
        "one wish is one instance, however often it is repeated: %s wishes, %s instances",
        users.accepted().size(),
        started);
    batches.children().atTheEnd();
    for (WorkflowInstance instance : truth.database.instances()) {
      truth.check(
          instance.isFinished(),
          "after the faults stop, everything ends: %s is %s, its tasks %s",
          instance.id(),
          instance.state(),
          unfinished(instance.id()));
    }
    users.stopped().forEach(this::stopHasEnded);
    truth.check(
        truth.database.commands().isEmpty(),
        "every command is applied: %s",
        truth.database.commands());
    for (SimMachine machine : machines) {
      truth.check(
          machine.alive().isEmpty(),
          "no process is left behind: %s on %s",
          machine.alive(),
          machine);
      truth.check(
          machine.unreleased().isEmpty(),
          "every end is acknowledged: %s on %s",
          machine.unreleased(),
          machine);
    }
  }

  private void stopHasEnded(WorkflowInstanceId id, long stoppedAt) {
    Long endedAt = batches.instances().endedAt(id, stoppedAt);
    if (endedAt == null) {
      return; // said already
    }
    Duration took = Duration.ofNanos(endedAt - Math.max(stoppedAt, faultsEndedAt));
    truth.check(
        took.compareTo(STOP_BOUND) <= 0,
        "a stop ends within %s without faults: that of %s took %s",
        STOP_BOUND,
        id,
        took);
  }

  private List<String> unfinished(WorkflowInstanceId id) {
    List<String> found = new ArrayList<>();
    for (TaskInstance task : truth.database.tasks(id)) {
      if (task.valid()) {
        found.add(
            task.name()
                + " #"
                + task.id()
                + " "
                + task.state()
                + (task.isKilling() ? " (killing)" : "")
                + " on "
                + task.worker());
      }
    }
    return found;
  }
}
