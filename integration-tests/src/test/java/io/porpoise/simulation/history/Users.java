package io.porpoise.simulation.history;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.World;
import io.porpoise.store.Command;
import io.porpoise.store.TaskGroups;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Persistent users: each repeats what it wants, with the same key and at whichever API node, until
 * one has answered.
 */
final class Users {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofMillis(700);

  private final Surroundings around;
  private final World world;
  private final List<ApiHost> nodes;
  private final SplittableRandom random;
  private final CompositeDisposable running = new CompositeDisposable();
  private final List<WorkflowInstanceId> accepted = new ArrayList<>();
  private final TreeMap<WorkflowInstanceId, Long> stopped = new TreeMap<>();
  private int started;
  private int pending;

  Users(Surroundings around, List<ApiHost> nodes) {
    this.around = around;
    this.nodes = nodes;
    world = around.world();
    random = world.split();
  }

  /** What they have been told to be started. */
  List<WorkflowInstanceId> accepted() {
    return accepted;
  }

  /** What they have been told to be stopped while it ran, and when: in nanoseconds of the world. */
  TreeMap<WorkflowInstanceId, Long> stopped() {
    return stopped;
  }

  /** Whether some user still waits, for an answer or for something to happen. */
  boolean isBusy() {
    return pending > 0;
  }

  /** A start of a definition of which several instances may run, without anything special. */
  void start(long workflowId, Consumer<WorkflowInstanceId> then) {
    start(workflowId, ExecutionType.PARALLEL, StartOptions.NONE, then);
  }

  void start(
      long workflowId,
      ExecutionType type,
      StartOptions options,
      Consumer<WorkflowInstanceId> then) {
    String key = "start-" + ++started;
    untilAnswered(
        api -> api.start(workflowId, type, options, key),
        id -> {
          accepted.add(id);
          world.trace(() -> "start of " + id + " (w" + workflowId + ") is acknowledged");
          then.accept(id);
        });
  }

  void stop(WorkflowInstanceId instance) {
    wish(instance, Command.Type.STOP, null);
  }

  /**
   * @param task for those that are about a task, else null
   */
  void wish(WorkflowInstanceId instance, Command.Type type, TaskInstanceId task) {
    untilAnswered(
        api -> api.command(instance, type, task),
        outcome -> {
          if (type == Command.Type.STOP && isUnfinished(instance)) {
            stopped.putIfAbsent(instance, world.nanos());
          }
          world.trace(
              () -> type + " of " + instance + (task == null ? "" : " #" + task) + ": " + outcome);
        });
  }

  private boolean isUnfinished(WorkflowInstanceId id) {
    return !around.database().instance(id).orElseThrow().isFinished();
  }

  void resize(TaskGroups.Group group) {
    untilAnswered(
        api -> api.save(group), isNew -> world.trace(() -> group.name() + " is " + group.size()));
  }

  /** Something that they will want then: until it comes they wait. */
  void later(Duration delay, Runnable then) {
    pending++;
    var unused =
        world.after(
            delay,
            () -> {
              pending--;
              then.run();
            });
  }

  /**
   * Waits until the instance has finished, and then some; what follows counts as a wish that is not
   * answered yet.
   */
  void whenFinished(WorkflowInstanceId id, Duration later, Runnable then) {
    pending++;
    look(id, later, then);
  }

  private void look(WorkflowInstanceId id, Duration later, Runnable then) {
    boolean isThere = !isUnfinished(id);
    Runnable next =
        () -> {
          if (isThere) {
            pending--;
            then.run();
          } else {
            look(id, later, then);
          }
        };
    var unused = world.after(isThere ? later : LOOK, next);
  }

  private <T> void untilAnswered(Function<SimApi, Single<T>> wish, Consumer<T> then) {
    pending++;
    attempt(wish, then);
  }

  private <T> void attempt(Function<SimApi, Single<T>> wish, Consumer<T> then) {
    ApiHost host = nodes.get(random.nextInt(nodes.size()));
    boolean[] isOver = {false};
    Runnable again =
        () -> {
          if (!isOver[0]) {
            isOver[0] = true;
            var unused = world.after(AGAIN, () -> attempt(wish, then));
          }
        };
    SimApi api = host.api();
    boolean isUp = api != null && api.node().isAlive();
    var unused = world.after(isUp ? PATIENCE : Duration.ZERO, again);
    if (!isUp) {
      return;
    }
    Consumer<T> answered =
        answer -> {
          if (!isOver[0]) {
            isOver[0] = true;
            pending--;
            then.accept(answer);
          }
        };
    api.node()
        .post(
            around.network().hopNanos(),
            () ->
                wish.apply(api)
                    .subscribe(
                        answer -> onTheWay(() -> answered.accept(answer)),
                        error -> onTheWay(again),
                        running));
  }

  private void onTheWay(Runnable arrival) {
    var unused = world.afterNanos(around.network().hopNanos(), arrival);
  }
}
