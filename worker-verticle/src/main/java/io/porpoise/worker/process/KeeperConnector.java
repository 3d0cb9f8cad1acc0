package io.porpoise.worker.process;

import io.porpoise.time.Clock;
import io.porpoise.worker.pool.Offload;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comes to a keeper that answers: the one that is there, else a new one. */
final class KeeperConnector {
  private static final Logger log = LoggerFactory.getLogger(KeeperConnector.class);
  private static final Duration START = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration GREETING = Duration.ofSeconds(5);

  private final Path directory;
  private final Clock clock;
  private final Offload files;
  private final Executor loop;
  private final KeeperStart keepers;
  private final Consumer<String> events;

  /**
   * @param directory the keeper's own, in the worker's data directory
   * @param events hears each line, on the event loop
   */
  KeeperConnector(
      Path directory, Clock clock, Offload files, Executor loop, Consumer<String> events) {
    this.directory = directory;
    this.clock = clock;
    this.files = files;
    this.loop = loop;
    this.events = events;
    keepers = new KeeperStart(directory);
  }

  Single<Keeper> connect() {
    return files
        .call(keepers::findAlive)
        .flatMap(found -> found.isPresent() ? takeOver(found.get()) : startNew());
  }

  /** Comes to another keeper than this one, which has died. */
  Single<Keeper> replace(Keeper dead) {
    return close(dead).andThen(connect());
  }

  /** Lets go of a keeper; completes on the event loop. */
  Completable close(Keeper keeper) {
    return keeper.close().andThen(Completable.create(done -> loop.execute(done::onComplete)));
  }

  private Single<Keeper> takeOver(KeeperId id) {
    return greet(id)
        .onErrorResumeNext(
            error -> error instanceof KeeperUnavailable ? replace(id, error) : Single.error(error));
  }

  private Single<Keeper> replace(KeeperId deaf, Throwable why) {
    log.atWarn().addKeyValue("keeper", deaf).log("{}; another takes its place", why.getMessage());
    ProcessHandle.of(deaf.pid()).ifPresent(ProcessHandle::destroyForcibly);
    return startNew();
  }

  private Single<Keeper> startNew() {
    return files
        .call(keepers::start)
        .flatMap(process -> ready(process, clock.monotonicNanos() + START.toNanos()))
        .flatMap(this::greet);
  }

  private Single<KeeperId> ready(Process process, long deadline) {
    return files.call(keepers::findAlive).flatMap(found -> readyOrLater(process, deadline, found));
  }

  private Single<KeeperId> readyOrLater(Process process, long deadline, Optional<KeeperId> found) {
    if (found.isPresent()) {
      return Single.just(found.get());
    }
    if (process.isAlive() && clock.monotonicNanos() - deadline < 0) {
      return after(LOOK).flatMap(now -> ready(process, deadline));
    }
    process.destroyForcibly();
    return files
        .call(keepers::complaint)
        .map(
            complaint -> {
              throw new KeeperUnavailable("the worker's keeper does not start: " + complaint);
            });
  }

  private Single<Keeper> greet(KeeperId id) {
    return Single.defer(
        () -> {
          SingleSubject<Keeper> greeted = SingleSubject.create();
          return files
              .call(() -> open(id, keeper -> loop.execute(() -> greeted.onSuccess(keeper))))
              .flatMap(opened -> greeted.ambWith(tooLate(opened)));
        });
  }

  private Single<Keeper> tooLate(Keeper keeper) {
    return after(GREETING)
        .flatMap(
            now ->
                close(keeper)
                    .andThen(
                        Single.error(
                            new KeeperUnavailable("keeper " + keeper.id() + " does not answer"))));
  }

  private Keeper open(KeeperId id, Consumer<Keeper> onGreeted) throws IOException {
    return Keeper.connect(id, directory, lines -> loop.execute(() -> tell(lines)), onGreeted);
  }

  private void tell(List<String> lines) {
    lines.forEach(events);
  }

  private Single<Boolean> after(Duration pause) {
    return Single.create(
        result -> result.setDisposable(clock.schedule(pause, () -> result.onSuccess(true))));
  }
}
