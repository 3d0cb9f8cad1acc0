package io.porpoise.api.instance;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.IdBlocks;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out instance ids from blocks that are fetched before they are needed, so that a start costs
 * no round trip for its id. Ids of an unused rest are lost at a restart, which harms nobody. For
 * one event loop.
 */
public final class InstanceIds {
  private static final Logger log = LoggerFactory.getLogger(InstanceIds.class);
  private static final int BLOCK = 1_000;
  private static final int FETCH_BELOW = 500;

  private final IdBlocks blocks;
  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private long next;
  private long end;
  private long reserveNext;
  private long reserveEnd;
  private boolean isFetching;

  public InstanceIds(IdBlocks blocks) {
    this.blocks = blocks;
  }

  /** Fetches the first block, if the database is there; else the first start will. */
  public void start() {
    fetchAhead();
  }

  public void stop() {
    subscriptions.dispose();
  }

  public Single<WorkflowInstanceId> next() {
    return Single.defer(
        () -> {
          if (next == end) {
            next = reserveNext;
            end = reserveEnd;
            reserveNext = reserveEnd;
          }
          if (next < end) {
            WorkflowInstanceId id = new WorkflowInstanceId(next++);
            fetchAhead();
            return Single.just(id);
          }
          // None left: this start waits for a block, of which it takes the first.
          return reserve()
              .map(
                  first -> {
                    keep(first + 1, first + BLOCK);
                    return new WorkflowInstanceId(first);
                  });
        });
  }

  private void fetchAhead() {
    boolean hasEnough = end - next >= FETCH_BELOW || reserveNext < reserveEnd;
    if (isFetching || hasEnough) {
      return;
    }
    isFetching = true;
    reserve()
        .doFinally(() -> isFetching = false)
        .subscribe(
            first -> keep(first, first + BLOCK),
            error -> log.atWarn().log("no block of ids fetched ahead: {}", error.getMessage()),
            subscriptions);
  }

  private void keep(long first, long last) {
    reserveNext = first;
    reserveEnd = last;
  }

  private Single<Long> reserve() {
    return blocks.reserve(IdBlocks.Sequence.WORKFLOW_INSTANCE, BLOCK);
  }
}
