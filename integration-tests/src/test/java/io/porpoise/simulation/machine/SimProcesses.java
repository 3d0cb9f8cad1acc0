package io.porpoise.simulation.machine;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.worker.process.ProcessEvent;
import io.porpoise.worker.process.Processes;
import io.porpoise.worker.spool.Attempt;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The keeper of a machine, as one life of the worker sees it through its pipe. */
public final class SimProcesses implements Processes {
  private static final Reason NO_LEASE = new Reason("NO_LEASE", "the lease had ended");
  private static final Duration PIPE = Duration.ofMillis(1);

  private final SimNode node;
  private final SimMachine machine;
  private long pipeFreeAt;
  private Consumer<ProcessEvent> listener = event -> {};

  public SimProcesses(SimNode node, SimMachine machine) {
    this.node = node;
    this.machine = machine;
  }

  @Override
  public void onEvent(Consumer<ProcessEvent> newListener) {
    listener = newListener;
  }

  @Override
  public Single<List<ProcessEvent>> adopt(List<TaskInstanceId> left) {
    return Single.create(
        emitter ->
            node.post(
                machine.nanosUpTo(PIPE),
                () -> {
                  machine.connect(this);
                  List<ProcessEvent> events = new ArrayList<>();
                  for (TaskInstanceId id : left) {
                    SimProcess process = machine.processes().get(id);
                    ProcessEvent event =
                        process == null
                            ? new ProcessEvent.Vanished(
                                id, new Reason("NEVER_STARTED", "the worker died before"))
                            : process.event();
                    if (event != null) {
                      events.add(event);
                    }
                  }
                  for (SimProcess process : machine.processes().values()) {
                    if (!left.contains(process.attempt().id())) {
                      process.kill(Duration.ZERO);
                    }
                  }
                  node.post(machine.nanosUpTo(PIPE), () -> emitter.onSuccess(events));
                }));
  }

  @Override
  public void start(Attempt attempt, Duration lease) {
    long until = node.world().nanos() + lease.toNanos();
    onPipe(
        () -> {
          if (machine.processes().containsKey(attempt.id())) {
            machine.world().fail("the keeper is asked once to start " + attempt.id());
          } else if (!machine.mayStart(until)) {
            tell(new ProcessEvent.Vanished(attempt.id(), NO_LEASE));
          } else {
            machine.processes().put(attempt.id(), new SimProcess(machine, attempt));
          }
        });
  }

  @Override
  public void kill(TaskInstanceId id, Duration grace) {
    onPipe(
        () -> {
          SimProcess process = machine.processes().get(id);
          if (process != null) {
            process.kill(grace);
          }
        });
  }

  @Override
  public void renewLease(Duration remaining) {
    long until = node.world().nanos() + remaining.toNanos();
    onPipe(() -> machine.renewLease(until));
  }

  @Override
  public void insist() {
    // The keeper of a history always answers.
  }

  @Override
  public Completable close() {
    return Completable.create(
        emitter -> {
          if (machine.isConnected(this)) {
            machine.connect(null);
          }
          node.post(emitter::onComplete);
        });
  }

  void tell(ProcessEvent event) {
    node.post(
        machine.nanosUpTo(PIPE),
        () -> {
          if (machine.isConnected(this)) {
            listener.accept(event);
          }
        });
  }

  /** What stands in the pipe is read in its order, also when the writer has died meanwhile. */
  private void onPipe(Runnable word) {
    long at = Math.max(pipeFreeAt, node.world().nanos() + machine.nanosUpTo(PIPE));
    pipeFreeAt = at + 1;
    node.world()
        .afterNanos(
            at - node.world().nanos(),
            () -> {
              // A later life has taken over: the keeper reads only its pipe.
              if (machine.isConnected(this)) {
                word.run();
              }
            });
  }
}
