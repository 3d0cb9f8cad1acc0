package io.porpoise.simulation.history;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.node.config.WorkerConfig.StopMode;
import io.porpoise.simulation.SimBus;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.SimRegistry;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.simulation.machine.SimProcesses;
import io.porpoise.simulation.machine.SimSpool;
import io.porpoise.worker.WorkerNode;
import io.porpoise.worker.WorkerPorts;
import io.porpoise.worker.WorkerSettings;
import io.porpoise.worker.heartbeat.Limits;
import io.porpoise.worker.heartbeat.LoadProbe;
import io.porpoise.worker.log.LogFiles;
import io.porpoise.worker.task.Launch;
import io.porpoise.worker.task.TaskType;
import io.porpoise.worker.task.TaskTypes;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A host with a worker, on a machine whose processes and disk outlive the worker's JVM. */
public final class WorkerHost extends Host {
  private final SimMachine machine;
  private final int capacity;
  private WorkerNode worker;

  public WorkerHost(
      Surroundings around, String name, long driftPerMillion, SimMachine machine, int capacity) {
    super(around, name, driftPerMillion);
    this.machine = machine;
    this.capacity = capacity;
  }

  public SimMachine machine() {
    return machine;
  }

  @Override
  protected Completable begin(SimNode life, long number) {
    Member self =
        new Member(
            new MemberId(Role.WORKER, new NodeId(name), number),
            name,
            0,
            "simulated",
            life.clock().now(),
            0,
            List.of("default"),
            "");
    WorkerSettings settings =
        new WorkerSettings(
            new Limits(capacity, 1, 1, 1),
            Surroundings.SESSION,
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            StopMode.LEAVE,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
    WitnessedLease witness = new WitnessedLease(machine);
    WorkerPorts ports =
        new WorkerPorts(
            life.clock(),
            witness.of(new SimBus(life, around.network())),
            witness.of(new SimRegistry(life, around.zooKeeper())),
            new SimSpool(life, machine),
            new SimProcesses(life, machine),
            new NoLogs(),
            () -> Single.just(LoadProbe.Sample.UNKNOWN));
    worker = new WorkerNode(self, settings, new TaskTypes(List.of(new AnyShell())), ports);
    return worker.start();
  }

  @Override
  protected Completable end() {
    return worker.stop();
  }

  @Override
  public long unexpected() {
    return worker == null ? 0 : worker.unexpected();
  }

  /** What a shell task would do is scripted by the machine. */
  private static final class AnyShell implements TaskType {
    @Override
    public String name() {
      return "SHELL";
    }

    @Override
    public Launch prepare(Dispatch dispatch, Path directory) {
      throw new UnsupportedOperationException("the simulated spool prepares nothing");
    }
  }

  /** Nobody reads logs in a history. */
  private static final class NoLogs implements LogFiles {
    @Override
    public Single<LogChunk> read(TaskInstanceId id, long offset, int maxBytes) {
      return Single.just(LogChunk.NOT_FOUND);
    }

    @Override
    public Disposable onGrowth(TaskInstanceId id, Runnable listener) {
      return Disposable.disposed();
    }
  }
}
