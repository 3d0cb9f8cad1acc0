package io.porpoise.simulation.machine;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.worker.spool.Attempt;
import io.porpoise.worker.spool.Outputs;
import io.porpoise.worker.spool.Spool;
import io.porpoise.worker.spool.SpoolUnavailable;
import io.porpoise.worker.task.UnusableTask;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The disk of a machine, as one life of the worker uses it. */
public final class SimSpool implements Spool {
  private static final Duration DISK = Duration.ofMillis(5);

  private final SimNode node;
  private final SimMachine machine;

  public SimSpool(SimNode node, SimMachine machine) {
    this.node = node;
    this.machine = machine;
  }

  @Override
  public Single<Boolean> create(Attempt attempt) {
    return onDisk(
        () -> {
          if (machine.isDiskRefusing()) {
            throw new SpoolUnavailable("no space left on device", null);
          }
          boolean isNew = !machine.directories().containsKey(attempt.id());
          if (isNew) {
            machine.directories().put(attempt.id(), new SimMachine.Directory(attempt));
          }
          if (isNew && !machine.script(attempt.id()).usable()) {
            throw new UnusableTask(new Reason("UNUSABLE", "it has no command"));
          }
          return isNew;
        });
  }

  @Override
  public Single<List<Attempt>> unreleased() {
    return onDisk(
        () ->
            machine.directories().values().stream()
                .filter(directory -> directory.releasedAt < 0)
                .map(directory -> directory.attempt)
                .toList());
  }

  @Override
  public void follow(TaskInstanceId id, Collection<String> names) {}

  @Override
  public void unfollow(TaskInstanceId id) {}

  @Override
  public Single<Outputs> outputs(TaskInstanceId id, Collection<String> names) {
    TreeSet<String> wanted = new TreeSet<>(names);
    return onDisk(
        () -> {
          TreeMap<String, String> printed = new TreeMap<>(machine.script(id).outputs());
          printed.keySet().retainAll(wanted);
          return new Outputs(Map.copyOf(printed), null);
        });
  }

  @Override
  public Completable release(TaskInstanceId id) {
    return onDisk(
            () -> {
              SimMachine.Directory directory = machine.directories().get(id);
              if (directory != null && directory.releasedAt < 0) {
                directory.releasedAt = node.world().nanos();
                machine.listener().released(machine, directory.attempt);
              }
              return true;
            })
        .ignoreElement();
  }

  @Override
  public Completable sweep(Duration ttl) {
    return onDisk(
            () ->
                machine
                    .directories()
                    .values()
                    .removeIf(
                        directory ->
                            directory.releasedAt >= 0
                                && directory.releasedAt + ttl.toNanos() < node.world().nanos()))
        .ignoreElement();
  }

  /**
   * The disk is written by the process itself: what it has not come to when it dies does not
   * happen.
   */
  private <T> Single<T> onDisk(Supplier<T> work) {
    return Single.create(
        emitter -> node.post(machine.nanosUpTo(DISK), () -> answer(emitter, work)));
  }

  private <T> void answer(SingleEmitter<T> emitter, Supplier<T> work) {
    T value;
    try {
      value = work.get();
    } catch (SpoolUnavailable | UnusableTask e) {
      node.post(machine.nanosUpTo(DISK), () -> emitter.onError(e));
      return;
    }
    node.post(machine.nanosUpTo(DISK), () -> emitter.onSuccess(value));
  }
}
