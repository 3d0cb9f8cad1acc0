package io.porpoise.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.worker.Dispatches;
import io.porpoise.worker.TestLoop;
import io.porpoise.worker.pool.Offload;
import io.porpoise.worker.spool.Attempt;
import io.porpoise.worker.spool.AttemptDirectories;
import io.porpoise.worker.spool.FileSpool;
import io.porpoise.worker.task.TaskTypes;
import io.porpoise.worker.task.shell.ShellTask;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One life of a worker's processes and spool on a real keeper; several lives share a directory. */
final class KeeperWorld implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  final TestLoop loop = new TestLoop();
  final AttemptDirectories directories;
  final FileSpool spool;
  final KeeperProcesses processes;
  final BlockingQueue<ProcessEvent> events = new LinkedBlockingQueue<>();
  private final Offload files = new Offload("test-files", 4, loop);
  private final Offload reads = new Offload("test-outputs", 1, loop);
  private final Set<ProcessEvent> seen = new HashSet<>();

  KeeperWorld(Path data) {
    directories = AttemptDirectories.open(data);
    spool =
        new FileSpool(
            directories,
            new TaskTypes(List.of(new ShellTask("/bin/bash"))),
            loop,
            files,
            reads,
            (id, growth) -> Disposable.disposed());
    processes = new KeeperProcesses(directories, loop, files, loop);
    processes.onEvent(events::add);
  }

  /** Takes over whatever is there. */
  List<ProcessEvent> begin() {
    List<TaskInstanceId> left = loop.get(spool::unreleased).stream().map(Attempt::id).toList();
    return loop.get(() -> processes.adopt(left));
  }

  void start(long id, String script) {
    start(id, script, Duration.ofMinutes(2));
  }

  void start(long id, String script, Duration lease) {
    Attempt attempt = Dispatches.attempt(id, script);
    assertThat(loop.get(() -> spool.create(attempt))).isTrue();
    loop.execute(() -> processes.start(attempt, lease));
  }

  void kill(long id, Duration grace) {
    loop.execute(() -> processes.kill(new TaskInstanceId(id), grace));
  }

  void renewLease(Duration remaining) {
    loop.execute(() -> processes.renewLease(remaining));
  }

  void insist() {
    loop.execute(processes::insist);
  }

  ProcessEvent.Exited awaitExit(long id) {
    return await(id, ProcessEvent.Exited.class);
  }

  /** The first such event of the attempt that was not awaited before. */
  <T extends ProcessEvent> T await(long id, Class<T> type) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() - deadline < 0) {
      for (ProcessEvent event : seen) {
        if (event.id().value() == id && type.isInstance(event)) {
          seen.remove(event);
          return type.cast(event);
        }
      }
      try {
        ProcessEvent next = events.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          seen.add(next);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " of " + id + ", only " + seen.size());
  }

  String log(long id) {
    return read(directories.of(new TaskInstanceId(id)).resolve("log"));
  }

  /** Waits until the log of an attempt has that in it. */
  void awaitLog(long id, String text) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!log(id).contains(text)) {
      assertThat(System.nanoTime() - deadline).as("log: %s", log(id)).isNegative();
      Thread.onSpinWait();
    }
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  KeeperId keeper() {
    return KeeperId.findAlive(directories.keeper().resolve("pid")).orElseThrow();
  }

  /** All living processes that were started for attempts of this directory. */
  List<String> survivors() {
    String marker = "PORPOISE_ATTEMPT=" + directories.attempts();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .filter(path -> readProc(path.resolve("environ")).contains(marker))
          .filter(path -> !readProc(path.resolve("stat")).matches("(?s).*\\) [ZX] .*"))
          .map(path -> path.getFileName() + " " + readProc(path.resolve("cmdline")))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String readProc(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  /** As if the JVM had been killed: nobody says good-bye to the keeper. */
  void die() {
    loop.run(processes::dropConnection);
    files.close();
    reads.close();
    loop.close();
  }

  @Override
  public void close() {
    KeeperId.findAlive(directories.keeper().resolve("pid"))
        .flatMap(id -> ProcessHandle.of(id.pid()))
        .ifPresent(ProcessHandle::destroyForcibly);
    survivors()
        .forEach(
            line ->
                ProcessHandle.of(Long.parseLong(line.split(" ")[0]))
                    .ifPresent(ProcessHandle::destroyForcibly));
    die();
  }
}
