package io.porpoise.api.stream;

import io.porpoise.api.log.LogSource;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.store.InstanceQueries;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one log for one client: one pull at a time, and only while the client has granted bytes
 * and its socket takes them. Until the attempt has a worker its instance is watched. When the
 * worker does not answer, the row is read again: the attempt may have ended, or gone elsewhere.
 */
final class LogSubscription implements Subscription, Watcher {
  private static final Logger log = LoggerFactory.getLogger(LogSubscription.class);
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration RETRY_FIRST = Duration.ofMillis(20);
  private static final Duration RETRY_MAX = Duration.ofSeconds(1);

  /** The frame's head: subscription (4 bytes), offset (8 bytes). */
  private static final int HEAD = 12;

  private final int id;
  private final Outlet outlet;
  private final Sources sources;
  private final TaskInstanceId taskId;
  private final CompositeDisposable work = new CompositeDisposable();
  private final SerialDisposable timer = new SerialDisposable();
  private final SerialDisposable watch = new SerialDisposable();

  private TaskInstance task;
  private long offset;
  private long credit;
  private boolean isPulling;
  private boolean isClosed;
  private Duration retry = RETRY_FIRST;

  /** Where logs and rows come from. */
  record Sources(LogSource logs, InstanceQueries queries, Watches watches, Clock clock) {}

  LogSubscription(
      int id, Outlet outlet, Sources sources, TaskInstanceId taskId, long offset, long credit) {
    this.id = id;
    this.outlet = outlet;
    this.sources = sources;
    this.taskId = taskId;
    this.offset = offset;
    this.credit = credit;
    work.addAll(timer, watch);
  }

  void start() {
    isPulling = true;
    readRow();
  }

  private void readRow() {
    sources
        .queries()
        .task(taskId)
        .subscribe(
            this::rowRead,
            error -> later("row not read", error),
            () -> fail("NOT_FOUND", "There is no task instance " + taskId + "."),
            work);
  }

  private void rowRead(TaskInstance row) {
    task = row;
    isPulling = false;
    if (row.worker() != null) {
      proceed();
    } else if (row.state().isTerminal() || !row.valid()) {
      end();
    } else {
      isPulling = true;
      watch.set(sources.watches().watch(row.workflowInstanceId(), this));
    }
  }

  @Override
  public void grant(long bytes) {
    credit = Math.min(credit, Long.MAX_VALUE / 2) + bytes;
    proceed();
  }

  @Override
  public void proceed() {
    if (isClosed || isPulling || task == null || credit <= 0 || outlet.isFull()) {
      return;
    }
    isPulling = true;
    Optional<MemberId> worker = sources.logs().holder(task);
    if (worker.isEmpty()) {
      unanswered("LOG_GONE", "The log lies on worker " + task.worker() + ", which is not there.");
      return;
    }
    int bytesMax = (int) Math.min(credit, LogSource.PIECE_MAX);
    sources
        .logs()
        .read(worker.get(), task, offset, bytesMax, WAIT)
        .subscribe(this::pulled, error -> later("log not read", error), work);
  }

  private void pulled(LogChunk chunk) {
    isPulling = false;
    if (!chunk.found()) {
      isPulling = true;
      unanswered("LOG_GONE", "The worker " + task.worker() + " no longer has the log.");
      return;
    }
    retry = RETRY_FIRST;
    if (chunk.bytes().length > 0) {
      outlet.send(
          Buffer.buffer(HEAD + chunk.bytes().length)
              .appendInt(id)
              .appendLong(offset)
              .appendBytes(chunk.bytes()));
      offset += chunk.bytes().length;
      credit -= chunk.bytes().length;
    }
    if (chunk.complete() && offset >= chunk.size()) {
      end();
    } else {
      proceed();
    }
  }

  /**
   * No log there: for good when the attempt has ended, else it may still begin, or come back with
   * its worker.
   */
  private void unanswered(String code, String detail) {
    boolean hasEnded = task.state().isTerminal();
    if (hasEnded && task.startTime() == null) {
      end();
    } else if (hasEnded) {
      fail(code, detail);
    } else {
      again();
    }
  }

  private void later(String what, Throwable error) {
    log.atDebug().addKeyValue("taskInstance", taskId).log("{}: {}", what, error.getMessage());
    again();
  }

  private void again() {
    timer.set(sources.clock().schedule(retry, this::readRow));
    Duration doubled = retry.multipliedBy(2);
    retry = doubled.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : doubled;
  }

  @Override
  public void snapshot(Picture picture) {
    picture.tasks().stream().filter(row -> row.id().equals(taskId)).forEach(this::seen);
  }

  @Override
  public void changed(Picture picture, List<TaskInstance> tasks) {
    tasks.stream().filter(row -> row.id().equals(taskId)).forEach(this::seen);
  }

  @Override
  public void ended(Picture picture) {
    stopWatching();
    readRow();
  }

  @Override
  public void missing() {
    stopWatching();
    readRow();
  }

  private void seen(TaskInstance row) {
    if (row.worker() != null || row.state().isTerminal() || !row.valid()) {
      stopWatching();
      rowRead(row);
    }
  }

  private void stopWatching() {
    watch.set(Disposable.disposed());
  }

  private void end() {
    outlet.send(Words.end(id));
    outlet.ended(id);
  }

  private void fail(String code, String detail) {
    outlet.send(Words.error(id, code, detail));
    outlet.ended(id);
  }

  @Override
  public void close() {
    isClosed = true;
    work.dispose();
  }
}
