package io.porpoise.master.shard;

import io.porpoise.store.IdBlocks;
import io.porpoise.time.Backoff;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ids for new attempts, fetched in blocks ahead of need, so that applying an event never waits for
 * the database.
 */
final class TaskIds implements LongSupplier {
  private static final Logger log = LoggerFactory.getLogger(TaskIds.class);
  private static final int BLOCK = 1000;

  private record Block(long next, long end) {}

  private final Clock clock;
  private final IdBlocks ids;
  private final Runnable onMore;
  private final ArrayDeque<Block> blocks = new ArrayDeque<>();
  private final CompositeDisposable running = new CompositeDisposable();
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));
  private Disposable retry = Disposable.disposed();
  private long available;
  private boolean isFetching;

  /**
   * @param onMore called when there are more ids than before
   */
  TaskIds(Clock clock, IdBlocks ids, Runnable onMore) {
    this.clock = clock;
    this.ids = ids;
    this.onMore = onMore;
  }

  /** Whether so many ids are here; if not (or not for long), more are fetched. */
  boolean has(int count) {
    if (available < count + BLOCK / 2) {
      fetch(Math.max(BLOCK, count));
    }
    return available >= count;
  }

  @Override
  public long getAsLong() {
    Block block = blocks.poll();
    if (block == null) {
      throw new NoSuchElementException("no ids left: has() was not asked");
    }
    if (block.next() + 1 < block.end()) {
      blocks.addFirst(new Block(block.next() + 1, block.end()));
    }
    available--;
    return block.next();
  }

  private void fetch(int size) {
    if (isFetching) {
      return;
    }
    isFetching = true;
    ids.reserve(IdBlocks.Sequence.TASK_INSTANCE, size)
        .subscribe(
            first -> {
              isFetching = false;
              backoff.reset();
              blocks.add(new Block(first, first + size));
              available += size;
              onMore.run();
            },
            failure -> {
              log.atDebug().addKeyValue("cause", failure).log("no ids from the database yet");
              retry =
                  clock.schedule(
                      backoff.next(),
                      () -> {
                        isFetching = false;
                        fetch(size);
                      });
            },
            running);
  }

  void close() {
    running.dispose();
    retry.dispose();
  }
}
