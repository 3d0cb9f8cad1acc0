package io.porpoise.worker;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** An event loop of one thread, on real time. */
public final class TestLoop implements Executor, Clock, AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final ScheduledThreadPoolExecutor thread;

  public TestLoop() {
    thread = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "test-loop"));
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Subscribes on the loop and waits for the answer. */
  public <T> T get(Supplier<Single<T>> single) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Disposable[] running = new Disposable[1];
    execute(
        () -> running[0] = single.get().subscribe(answer::complete, answer::completeExceptionally));
    return join(answer);
  }

  public void run(Supplier<Completable> completable) {
    get(() -> completable.get().toSingleDefault(true));
  }

  public <T> T call(Callable<T> task) {
    return get(() -> Single.fromCallable(task));
  }

  private static <T> T join(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer on the loop", e);
    }
  }

  @Override
  public void execute(Runnable task) {
    if (!thread.isShutdown()) {
      thread.execute(task);
    }
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public Disposable schedule(Duration delay, Runnable task) {
    return Disposable.fromFuture(
        thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS), false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
