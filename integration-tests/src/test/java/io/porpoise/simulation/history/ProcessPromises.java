package io.porpoise.simulation.history;

import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.simulation.machine.MachineListener;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.worker.spool.Attempt;
import java.util.Set;
import java.util.TreeSet;

/** What must hold when a process starts. */
final class ProcessPromises implements MachineListener {
  private final Truth truth;

  ProcessPromises(Truth truth) {
    this.truth = truth;
  }

  @Override
  public void started(SimMachine machine, Attempt attempt) {
    TaskInstanceId id = attempt.id();
    SimMachine before = truth.started.put(id, machine);
    truth.check(
        before == null,
        "a task instance id is started at most once ever: %s on %s and on %s",
        id,
        before,
        machine);
    truth.alive.put(id, attempt);
    TaskInstance row = truth.row(attempt);
    truth.check(row != null, "a process starts only for a durable attempt: %s", id);
    if (row == null) {
      return;
    }
    truth.check(
        row.state().isWithWorker(),
        "a process starts only for an attempt that is with a worker: %s is %s",
        id,
        row.state());
    truth.check(
        row.worker() != null && row.worker().value().equals(machine.host()),
        "a process starts only where its row says: %s on %s, row says %s",
        id,
        machine,
        row.worker());
    edgesAreOpen(row);
    seesOutputs(row, attempt);
  }

  @Override
  public void gone(SimMachine machine, Attempt attempt) {
    truth.alive.remove(attempt.id());
  }

  @Override
  public void released(SimMachine machine, Attempt attempt) {
    TaskInstance row = truth.row(attempt);
    truth.check(
        row != null && row.state().isTerminal(),
        "a worker forgets an attempt only when its end is durable: %s on %s is %s",
        attempt.id(),
        machine,
        row == null ? "unknown" : row.state());
  }

  private void edgesAreOpen(TaskInstance row) {
    Edges.Fate fate = truth.edges(row.workflowInstanceId()).fate(row.name());
    truth.check(
        fate == Edges.Fate.READY,
        "a task starts only when its edges let it: %s of %s is %s",
        row.name(),
        row.workflowInstanceId(),
        fate);
  }

  /** Whatever has been taken over, retried or replaced in between. */
  private void seesOutputs(TaskInstance row, Attempt attempt) {
    WorkflowDefinition definition = truth.definition(row.workflowInstanceId());
    for (Set<String> level : Truth.ancestorsByDistance(definition, row.name())) {
      Set<String> expected = new TreeSet<>();
      for (String name : level) {
        TaskInstance ancestor = truth.valid(row.workflowInstanceId(), name);
        if (ancestor != null && ancestor.outputs().containsKey(RandomWorkflows.OUTPUT)) {
          expected.add("echo " + ancestor.outputs().get(RandomWorkflows.OUTPUT));
        }
      }
      if (!expected.isEmpty()) {
        Object command = attempt.dispatch().taskParams().get(RandomWorkflows.COMMAND);
        truth.check(
            expected.contains(String.valueOf(command)),
            "a task sees the outputs of its nearest ancestors: %s runs '%s' instead of one of %s",
            row.id(),
            command,
            expected);
        return;
      }
    }
  }
}
