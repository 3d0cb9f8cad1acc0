package io.porpoise.worker.spool;

import io.porpoise.instance.TaskInstanceId;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Where attempts are kept. Called on the worker's event loop and answers there; the work happens
 * elsewhere.
 */
public interface Spool {
  /**
   * Makes an attempt durable, unless its id was ever seen here. Fails with {@link
   * io.porpoise.worker.task.UnusableTask} (the attempt is then durable nevertheless, but can only
   * fail) or with {@link SpoolUnavailable} (nothing is left of it).
   *
   * @return whether it is new
   */
  Single<Boolean> create(Attempt attempt);

  /** What a former life has left: all attempts that are not released, in the order of their ids. */
  Single<List<Attempt>> unreleased();

  /**
   * The attempt runs, and its outputs of these names, if any, will be wanted: they may be looked
   * for while they are printed.
   */
  void follow(TaskInstanceId id, Collection<String> names);

  /** The outputs that an ended attempt has printed, of these names, followed or not. */
  Single<Outputs> outputs(TaskInstanceId id, Collection<String> names);

  /** The attempt has ended in a way that makes its outputs worthless. */
  void unfollow(TaskInstanceId id);

  /** The attempt's end is acknowledged; its log stays until {@link #sweep}. */
  Completable release(TaskInstanceId id);

  /** Removes what was released longer ago than that. */
  Completable sweep(Duration ttl);
}
