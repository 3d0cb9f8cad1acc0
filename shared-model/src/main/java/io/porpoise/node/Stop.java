package io.porpoise.node;

import io.reactivex.rxjava3.core.Completable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process: on SIGTERM, on Ctrl-C, or when {@link #exit} is called, the steps run one
 * after the other, the last one added first, as what was started last is needed by nobody. A step
 * that fails or takes too long does not keep the others from running.
 */
public final class Stop {
  private static final Logger LOG = LoggerFactory.getLogger(Stop.class);

  private record Step(String name, Duration timeout, Completable work) {}

  private final Deque<Step> steps = new ArrayDeque<>();
  private final Duration timeout;
  private volatile int exitCode;

  /**
   * @param timeout of all steps that have none of their own, together
   */
  public Stop(Duration timeout) {
    this.timeout = timeout;
  }

  /** From now on a signal ends the process through the steps. */
  public void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::runAndHalt, "stop"));
  }

  /** Adds what has to be done first when the process ends. */
  public void add(String name, Completable work) {
    push(new Step(name, null, work));
  }

  /** The same, with a time of its own. */
  public void add(String name, Duration ownTimeout, Completable work) {
    push(new Step(name, ownTimeout, work));
  }

  /** Ends the process through the steps; does not return. */
  public void exit(int code) {
    exitCode = code;
    Runtime.getRuntime().exit(code);
  }

  /** Runs the steps, on the caller's thread. */
  void run() {
    long end = System.nanoTime() + timeout.toNanos();
    for (Step step = poll(); step != null; step = poll()) {
      long left = Math.max(TimeUnit.MILLISECONDS.toNanos(100), end - System.nanoTime());
      run(step, step.timeout() == null ? left : step.timeout().toNanos());
    }
  }

  private void runAndHalt() {
    run();
    Logging.stop();
    // Without this a stop by a signal would end with 128 + its number, as if it had gone wrong.
    Runtime.getRuntime().halt(exitCode);
  }

  private void run(Step step, long nanos) {
    long began = System.nanoTime();
    CompletableFuture<Void> done = step.work().<Void>toCompletionStage(null).toCompletableFuture();
    try {
      done.get(nanos, TimeUnit.NANOSECONDS);
      LOG.info(
          "stopped {} in {} ms",
          step.name(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    } catch (TimeoutException e) {
      LOG.warn(
          "stopping {} took longer than {} ms, going on without",
          step.name(),
          TimeUnit.NANOSECONDS.toMillis(nanos));
    } catch (ExecutionException e) {
      LOG.warn("stopping {} failed, going on", step.name(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void push(Step step) {
    synchronized (steps) {
      steps.push(step);
    }
  }

  private Step poll() {
    synchronized (steps) {
      return steps.poll();
    }
  }
}
