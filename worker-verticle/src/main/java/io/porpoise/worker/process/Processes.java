package io.porpoise.worker.process;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.worker.spool.Attempt;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts, watches and kills the processes of attempts. Called on the worker's event loop, calls
 * back there.
 *
 * <p>The processes outlive the caller: a later life of the worker takes them over with {@link
 * #adopt}. They do not outlive the lease.
 */
public interface Processes {
  /** Who hears of every process from now on; called once, before anything else. */
  void onEvent(Consumer<ProcessEvent> listener);

  /**
   * Takes over what a former life of the worker left behind: for each attempt one event that says
   * how it stands now; those that run are heard of again when they end. Nothing of the others is
   * alive, nor will be.
   */
  Single<List<ProcessEvent>> adopt(List<TaskInstanceId> left);

  /**
   * Starts the process of an attempt that was just created; the rest comes as events.
   *
   * @param lease if it is heard later than that from now, nothing is started; and if no other word
   *     comes until then, everything is killed
   */
  void start(Attempt attempt, Duration lease);

  /**
   * Kills the whole process tree: TERM, after the grace KILL, until nothing is left. Repeatable.
   */
  void kill(TaskInstanceId id, Duration grace);

  /**
   * Everything may run so long from now; if no other word comes until then, all is killed. It
   * counts from the call, however late it is heard.
   */
  void renewLease(Duration remaining);

  /**
   * What was to be killed because its lease has ended is not dead yet. Whoever should see to that
   * and is silent is replaced soon.
   */
  void insist();

  /** No more calls will come. What runs goes on until the lease ends. */
  Completable close();
}
