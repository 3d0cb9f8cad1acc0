package io.porpoise.simulation.history;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.World;
import io.porpoise.store.Command;
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

  /** What they have been told to be stopped, and when: in nanoseconds of the world. */
  TreeMap<WorkflowInstanceId, Long> stopped() {
    return stopped;
  }

  /** Whether some user still waits for an answer. */
  boolean isBusy() {
    return pending > 0;
  }

  void start(long workflowId, Consumer<WorkflowInstanceId> then) {
    String key = "start-" + ++started;
    untilAnswered(
        api -> api.start(workflowId, key),
        id -> {
          accepted.add(id);
          world.trace(() -> "start of " + id + " (w" + workflowId + ") is acknowledged");
          then.accept(id);
        });
  }

  void stop(WorkflowInstanceId instance) {
    untilAnswered(
        api -> api.command(instance, Command.Type.STOP, null),
        number -> {
          stopped.putIfAbsent(instance, world.nanos());
          world.trace(() -> "stop of " + instance + " is acknowledged");
        });
  }

  void kill(WorkflowInstanceId instance, TaskInstanceId task) {
    untilAnswered(
        api -> api.command(instance, Command.Type.KILL_TASK, task),
        number -> world.trace(() -> "kill of #" + task + " is acknowledged"));
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
