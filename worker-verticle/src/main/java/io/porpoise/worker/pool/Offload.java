package io.porpoise.worker.pool;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A named, bounded pool for work that blocks. Results arrive on the event loop. */
public final class Offload implements AutoCloseable {
  private static final int WAITING_MAX = 20_000;
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;
  private final Executor loop;

  /**
   * @param loop runs what it is given on the worker's event loop
   */
  public Offload(String name, int threads, Executor loop) {
    this.loop = loop;
    AtomicInteger count = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            task -> {
              Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /** Does the work elsewhere when subscribed to; fails when too much is waiting already. */
  public <T> Single<T> call(Callable<T> work) {
    return Single.create(
        result -> {
          try {
            pool.execute(
                () -> {
                  try {
                    T value = work.call();
                    loop.execute(() -> result.onSuccess(value));
                  } catch (Exception failure) {
                    loop.execute(() -> result.tryOnError(failure));
                  }
                });
          } catch (RejectedExecutionException full) {
            result.tryOnError(
                new IllegalStateException("too much work waits for the worker's disk", full));
          }
        });
  }

  /** Does the work elsewhere when subscribed to. */
  public Completable run(Work work) {
    return call(() -> {
          work.run();
          return true;
        })
        .ignoreElement();
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  /** Work that blocks and has no result. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }
}
