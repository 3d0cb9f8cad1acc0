package io.porpoise.worker;

import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Registry;
import io.porpoise.node.config.WorkerConfig;
import io.porpoise.time.Clock;
import io.porpoise.worker.heartbeat.Limits;
import io.porpoise.worker.heartbeat.MachineLoad;
import io.porpoise.worker.log.GrowthWatch;
import io.porpoise.worker.log.TailedLogs;
import io.porpoise.worker.pool.Offload;
import io.porpoise.worker.process.KeeperProcesses;
import io.porpoise.worker.spool.AttemptDirectories;
import io.porpoise.worker.spool.FileSpool;
import io.porpoise.worker.task.TaskTypes;
import io.porpoise.worker.task.shell.ShellTask;
import io.reactivex.rxjava3.core.Completable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** A worker on real processes and files. Made, started and stopped on its event loop. */
public final class Worker {
  private static final int FILE_THREADS = 4;
  private static final int LOG_THREADS = 2;
  private static final int OUTPUT_THREADS = 2;

  private final WorkerNode node;
  private final TailedLogs logs;
  private final List<Offload> pools;

  private Worker(WorkerNode node, TailedLogs logs, List<Offload> pools) {
    this.node = node;
    this.logs = logs;
    this.pools = pools;
  }

  /**
   * Opens the data directory; does a little file I/O, so call it before the loop has other work.
   *
   * @param loop runs what it is given on the worker's event loop
   * @param data of this worker alone; who calls makes sure of that
   * @param session the registry's session time-out
   */
  public static Worker open(
      Executor loop,
      Clock clock,
      Bus bus,
      Registry registry,
      Member self,
      WorkerConfig config,
      Path data,
      Duration session)
      throws IOException {
    Offload files = new Offload("worker-files", FILE_THREADS, loop);
    Offload reads = new Offload("worker-logs", LOG_THREADS, loop);
    Offload outputs = new Offload("worker-outputs", OUTPUT_THREADS, loop);
    AttemptDirectories directories = AttemptDirectories.open(data);
    TaskTypes types = new TaskTypes(List.of(new ShellTask(found(config.shell()))));
    TailedLogs logs = new TailedLogs(directories, reads, new GrowthWatch(loop, reads));
    WorkerPorts ports =
        new WorkerPorts(
            clock,
            bus,
            registry,
            new FileSpool(directories, types, clock, files, outputs, logs::onGrowth),
            new KeeperProcesses(directories, clock, files, loop),
            logs,
            new MachineLoad(directories.root(), files));
    WorkerNode node = new WorkerNode(self, settings(config, session), types, ports);
    return new Worker(node, logs, List.of(files, reads, outputs));
  }

  /** With its directory: otherwise it is looked for along the whole path at each start. */
  private static String found(String program) {
    if (program.contains("/")) {
      return program;
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(file -> file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toString)
        .findFirst()
        .orElse(program);
  }

  public Completable start() {
    return node.start();
  }

  public Completable stop() {
    return node.stop().doFinally(this::close);
  }

  public Heartbeat.Load load() {
    return node.load();
  }

  private void close() {
    logs.close();
    pools.forEach(Offload::close);
  }

  private static WorkerSettings settings(WorkerConfig config, Duration session) {
    return new WorkerSettings(
        new Limits(config.maxRunning(), config.maxCpu(), config.maxMemory(), config.maxDisk()),
        session,
        config.refusalMemory(),
        config.spoolTtl(),
        config.stopMode(),
        config.stopWait(),
        config.killGrace());
  }
}
