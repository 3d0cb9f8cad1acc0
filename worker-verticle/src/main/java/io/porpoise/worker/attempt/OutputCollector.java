package io.porpoise.worker.attempt;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.worker.lifecycle.AttemptEvent;
import io.porpoise.worker.spool.Spool;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reads the outputs of ended attempts from their logs, of so many as there is memory for. Outputs
 * stay in memory until the owner has acknowledged them; while it does not, because the database is
 * away, the others wait in their logs.
 */
final class OutputCollector {
  /** In all attempts together. */
  static final long CHARS_MAX = 16L * 1024 * 1024;

  /** What one attempt may have; more fails it. */
  private static final long CHARS_OF_ONE_MAX = 1024 * 1024;

  private final Spool spool;
  private final BiConsumer<Held, AttemptEvent> apply;
  private final CompositeDisposable running = new CompositeDisposable();
  private final ArrayDeque<Held> waiting = new ArrayDeque<>();
  private final Map<TaskInstanceId, Long> charsOf = new HashMap<>();
  private long chars;
  private int reading;

  /**
   * @param apply told what came of it
   */
  OutputCollector(Spool spool, BiConsumer<Held, AttemptEvent> apply) {
    this.spool = spool;
    this.apply = apply;
  }

  void collect(Held held) {
    waiting.add(held);
    next();
  }

  /** Its outputs are not needed any more. */
  void forget(TaskInstanceId id) {
    Long its = charsOf.remove(id);
    if (its != null) {
      chars -= its;
      next();
    }
  }

  void close() {
    running.dispose();
  }

  private void next() {
    while (!waiting.isEmpty() && chars + (reading + 1) * CHARS_OF_ONE_MAX <= CHARS_MAX) {
      read(waiting.poll());
    }
  }

  private void read(Held held) {
    reading++;
    OutputReading.of(held.attempt, spool)
        .doFinally(
            () -> {
              reading--;
              next();
            })
        .subscribe(
            event -> {
              weigh(held.attempt.id(), event);
              apply.accept(held, event);
            },
            error -> {}, // it never fails
            running);
  }

  private void weigh(TaskInstanceId id, AttemptEvent event) {
    if (event instanceof AttemptEvent.OutputsCollected collected) {
      long its = 0;
      for (Map.Entry<String, String> output : collected.outputs().entrySet()) {
        its += output.getKey().length() + output.getValue().length();
      }
      charsOf.put(id, its);
      chars += its;
    }
  }
}
