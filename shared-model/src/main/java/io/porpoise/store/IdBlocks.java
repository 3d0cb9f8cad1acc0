package io.porpoise.store;

import io.reactivex.rxjava3.core.Single;

/** Blocks of ids, so that one round trip serves a thousand of them. */
public interface IdBlocks {
  /** Sequences of ids. */
  enum Sequence {
    WORKFLOW_INSTANCE,
    TASK_INSTANCE
  }

  /** The first of {@code size} consecutive ids that nobody else gets. */
  Single<Long> reserve(Sequence sequence, int size);
}
