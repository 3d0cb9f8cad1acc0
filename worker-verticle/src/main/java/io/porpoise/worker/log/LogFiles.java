package io.porpoise.worker.log;

import io.porpoise.bus.message.LogChunk;
import io.porpoise.instance.TaskInstanceId;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;

/** The files behind the logs. Called on the worker's event loop, answers and calls back there. */
public interface LogFiles {
  /**
   * What is there now from an offset, perhaps nothing; whether the log is complete is not known
   * here.
   */
  Single<LogChunk> read(TaskInstanceId id, long offset, int maxBytes);

  /**
   * Calls back when the log may have grown, soon after it has, and once when it begins to watch (so
   * that what was written just before is not missed); disposed when nobody waits.
   */
  Disposable onGrowth(TaskInstanceId id, Runnable listener);
}
