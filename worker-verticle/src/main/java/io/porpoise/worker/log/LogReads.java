package io.porpoise.worker.log;

import io.porpoise.bus.Message;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.LogRead;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Answers what arrives at the worker's log address. */
public final class LogReads {
  /** What one request can get; well below what a message may carry. */
  public static final int CHUNK_BYTES_MAX = 1024 * 1024;

  /** Behind it all, should a growth go unnoticed. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final int WAITING_MAX = 10_000;

  /** Those who wait for one log, and what tells them. */
  private static final class Waiting {
    final List<SingleSubject<Boolean>> readers = new ArrayList<>();
    Disposable growth = Disposable.disposed();
  }

  private final Clock clock;
  private final LogFiles files;
  private final Predicate<TaskInstanceId> isGrowing;
  private final Map<TaskInstanceId, Waiting> waiting = new HashMap<>();
  private final CompositeDisposable timers = new CompositeDisposable();
  private int readers;

  /**
   * @param isGrowing whether something may still be appended to an attempt's log
   */
  public LogReads(Clock clock, LogFiles files, Predicate<TaskInstanceId> isGrowing) {
    this.clock = clock;
    this.files = files;
    this.isGrowing = isGrowing;
  }

  public Maybe<Message> handle(Message message) {
    if (!(message instanceof LogRead read)) {
      return Maybe.error(
          new IllegalArgumentException(
              "a worker's log address does not know " + message.getClass().getSimpleName()));
    }
    if (read.offset() < 0 || read.maxBytes() < 1) {
      return Maybe.error(
          new IllegalArgumentException("a log is read from offset 0 on, at least 1 byte"));
    }
    long patience = Math.min(Math.max(0, read.waitMillis()), WAIT_MAX.toMillis());
    long deadline = clock.monotonicNanos() + Duration.ofMillis(patience).toNanos();
    return read(read, deadline).toMaybe().cast(Message.class);
  }

  /** Nothing more comes to this log: who waits is told at once. */
  public void ended(TaskInstanceId id) {
    wake(id);
  }

  public void close() {
    List.copyOf(waiting.keySet()).forEach(this::wake);
    timers.dispose();
  }

  private Single<LogChunk> read(LogRead read, long deadline) {
    // Asked before the file is read: what was written before the end is then in the file.
    boolean growing = isGrowing.test(read.taskInstance());
    return files
        .read(read.taskInstance(), read.offset(), Math.min(read.maxBytes(), CHUNK_BYTES_MAX))
        .flatMap(
            chunk -> {
              long left = deadline - clock.monotonicNanos();
              boolean enough = chunk.bytes().length > 0 || !growing || left <= 0;
              return enough || readers >= WAITING_MAX
                  ? Single.just(told(chunk, growing))
                  : more(read.taskInstance(), left).flatMap(woken -> read(read, deadline));
            });
  }

  private static LogChunk told(LogChunk chunk, boolean growing) {
    // A log that grows but has no file yet is an empty one.
    return new LogChunk(
        growing || chunk.found(), chunk.offset(), chunk.size(), !growing, chunk.bytes());
  }

  /** Answers when it is worth looking again. */
  private Single<Boolean> more(TaskInstanceId id, long leftNanos) {
    Waiting log = waiting.computeIfAbsent(id, key -> new Waiting());
    if (log.growth.isDisposed()) {
      log.growth = files.onGrowth(id, () -> wake(id));
    }
    SingleSubject<Boolean> reader = SingleSubject.create();
    log.readers.add(reader);
    readers++;
    Duration pause = Duration.ofNanos(Math.min(leftNanos, LOOK_AGAIN.toNanos()));
    Disposable timer = clock.schedule(pause, () -> reader.onSuccess(true));
    timers.add(timer);
    return reader.doFinally(
        () -> {
          timers.delete(timer);
          timer.dispose();
          left(id, reader);
        });
  }

  private void wake(TaskInstanceId id) {
    Waiting log = waiting.get(id);
    if (log != null) {
      List.copyOf(log.readers).forEach(reader -> reader.onSuccess(true));
    }
  }

  private void left(TaskInstanceId id, SingleSubject<Boolean> reader) {
    Waiting log = waiting.get(id);
    if (log != null && log.readers.remove(reader)) {
      readers--;
      if (log.readers.isEmpty()) {
        log.growth.dispose();
        waiting.remove(id);
      }
    }
  }
}
