package io.porpoise.worker.process;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.time.Clock;
import io.porpoise.worker.pool.Offload;
import io.porpoise.worker.spool.Attempt;
import io.porpoise.worker.spool.AttemptDirectories;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes under a keeper. All fields belong to the event loop.
 *
 * <p>A keeper that has died is replaced; it alone could see its processes end, so they are killed
 * and reported as vanished, unless their end had been written down.
 */
public final class KeeperProcesses implements Processes {
  private static final Logger log = LoggerFactory.getLogger(KeeperProcesses.class);
  private static final Reason KEEPER_GONE =
      new Reason("KEEPER_LOST", "the process that watched it on the worker was ended");
  private static final Reason NO_LEASE =
      new Reason("LEASE_ENDED", "the worker had lost touch with the cluster when it came");

  /** A keeper that is silent for so long is stuck or stopped, and would not keep a lease. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  /** It is asked once a second; all must be dead within DESIGN's K, 7 s, of the end of a lease. */
  private static final Duration SILENCE_WITHOUT_LEASE_MAX = Duration.ofMillis(2_500);

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final RecordedProcesses records;
  private final Clock clock;
  private final Offload files;
  private final KeeperConnector keepers;
  private final CompositeDisposable running = new CompositeDisposable();

  /** Of each attempt whose end has not been heard, when it was started. */
  private final Map<TaskInstanceId, Long> live = new LinkedHashMap<>();

  /** What is said while there is no keeper. */
  private final List<LongFunction<String>> unsaid = new ArrayList<>();

  private Consumer<ProcessEvent> listener = event -> {};
  private Keeper keeper;
  private boolean connecting;
  private long answeredNanos;

  /**
   * @param loop runs what it is given on the worker's event loop
   */
  public KeeperProcesses(
      AttemptDirectories directories, Clock clock, Offload files, Executor loop) {
    records = new RecordedProcesses(directories);
    this.clock = clock;
    this.files = files;
    keepers = new KeeperConnector(directories.keeper(), clock, files, loop, this::hear);
  }

  @Override
  public void onEvent(Consumer<ProcessEvent> newListener) {
    listener = newListener;
  }

  @Override
  public Single<List<ProcessEvent>> adopt(List<TaskInstanceId> left) {
    connecting = true;
    return keepers
        .connect()
        .flatMap(
            connected -> {
              this.connected(connected);
              left.forEach(id -> live.put(id, clock.monotonicNanos()));
              return files.call(() -> records.lookAt(left, connected));
            })
        .map(events -> events.stream().filter(this::isNews).toList());
  }

  @Override
  public void start(Attempt attempt, Duration lease) {
    long asked = clock.monotonicNanos();
    live.put(attempt.id(), asked);
    say(read -> "S " + attempt.id() + " " + leaseEnd(lease, asked));
  }

  @Override
  public void kill(TaskInstanceId id, Duration grace) {
    say(read -> "K " + id + " " + ProcFiles.hundredths(grace));
  }

  @Override
  public void renewLease(Duration remaining) {
    if (keeper == null) {
      return;
    }
    long asked = clock.monotonicNanos();
    keeper.say(read -> "L " + leaseEnd(remaining, asked) + " " + read);
    keeper.say("P");
    KeeperId id = keeper.id();
    endIfSilent(SILENCE_MAX);
    files
        .call(id::isAlive)
        .subscribe(
            alive -> {
              if (!alive) {
                keeperDied(id);
              }
            },
            error -> log.atWarn().setCause(error).log("Keeper not looked at"),
            running);
  }

  @Override
  public void insist() {
    if (keeper != null) {
      endIfSilent(SILENCE_WITHOUT_LEASE_MAX);
    }
  }

  /** The next look finds it dead, and another takes its place, who kills what this one ran. */
  private void endIfSilent(Duration max) {
    KeeperId id = keeper.id();
    if (clock.monotonicNanos() - answeredNanos > max.toNanos()) {
      log.atError().addKeyValue("keeper", id).log("The keeper does not answer any more");
      ProcessHandle.of(id.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public Completable close() {
    return Completable.defer(
        () -> {
          if (keeper != null) {
            keeper.say("Q"); // it ends when nothing runs
          }
          return dropConnection();
        });
  }

  /** As if the JVM had died: the keeper goes on, and is not told. */
  Completable dropConnection() {
    running.dispose();
    Keeper present = keeper;
    keeper = null;
    return present == null ? Completable.complete() : keepers.close(present);
  }

  private void say(LongFunction<String> command) {
    if (keeper == null) {
      unsaid.add(command);
    } else {
      keeper.say(command);
    }
  }

  private void connected(Keeper connected) {
    keeper = connected;
    connecting = false;
    answeredNanos = clock.monotonicNanos();
    List<LongFunction<String>> said = List.copyOf(unsaid);
    unsaid.clear();
    said.forEach(keeper::say);
  }

  private String leaseEnd(Duration remaining, long askedNanos) {
    try {
      // In this order: if the process is frozen in between, the lease gets shorter and not longer.
      long uptime = ProcFiles.uptime();
      long late = clock.monotonicNanos() - askedNanos;
      return Long.toString(uptime + ProcFiles.hundredths(remaining.minusNanos(late)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void keeperDied(KeeperId id) {
    if (keeper == null || !keeper.id().equals(id) || connecting) {
      return;
    }
    log.atError().addKeyValue("keeper", id).log("The keeper was ended; a new one takes its place");
    Keeper dead = keeper;
    keeper = null;
    connecting = true;
    List<TaskInstanceId> orphans = List.copyOf(live.keySet());
    reconnect(keepers.replace(dead), orphans);
  }

  private void reconnect(Single<Keeper> next, List<TaskInstanceId> orphans) {
    next.flatMap(
            connected -> {
              this.connected(connected);
              return files.call(() -> records.lookAt(orphans, connected));
            })
        .subscribe(
            events -> events.forEach(this::tell),
            error -> {
              log.atError().setCause(error).log("No keeper, so nothing starts; tried again soon");
              clock.schedule(RETRY, () -> reconnect(keepers.connect(), orphans), running);
            },
            running);
  }

  private void hear(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "S" -> tell(new ProcessEvent.Started(id(words), Duration.ZERO));
      case "X" -> tellExit(id(words), Integer.parseInt(words[2]), !words[3].equals("no"));
      case "G" -> tell(new ProcessEvent.Vanished(id(words), KEEPER_GONE));
      case "N" -> tell(new ProcessEvent.Vanished(id(words), NO_LEASE));
      case "M" -> lookAgain();
      case "P" -> answeredNanos = clock.monotonicNanos();
      default -> log.atDebug().log("Keeper says {}", line);
    }
  }

  private static TaskInstanceId id(String[] words) {
    return new TaskInstanceId(Long.parseLong(words[1]));
  }

  private void tellExit(TaskInstanceId id, int status, boolean killed) {
    Long started = live.get(id);
    if (started != null) {
      Duration took = Duration.ofNanos(clock.monotonicNanos() - started);
      tell(new ProcessEvent.Exited(id, status, killed, took));
    }
  }

  private void tell(ProcessEvent event) {
    if (isNews(event)) {
      listener.accept(event);
    }
  }

  /** Each end is told once, whether the keeper or a look at the files has brought it. */
  private boolean isNews(ProcessEvent event) {
    if (event instanceof ProcessEvent.Started started) {
      long at = clock.monotonicNanos() - started.ago().toNanos();
      return live.replace(event.id(), at) != null;
    }
    return live.remove(event.id()) != null;
  }

  /** The keeper had more to tell than the pipe could hold: the rest stands in the files. */
  private void lookAgain() {
    Keeper present = keeper;
    if (present == null) {
      return;
    }
    List<TaskInstanceId> ids = List.copyOf(live.keySet());
    files
        .call(() -> records.lookAgain(ids))
        .subscribe(
            ends -> ends.forEach(this::tell),
            error -> log.atWarn().setCause(error).log("Attempts not looked at"),
            running);
  }
}
