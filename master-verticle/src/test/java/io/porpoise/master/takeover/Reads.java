package io.porpoise.master.takeover;

import io.porpoise.instance.StartOptions;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.World;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore;
import io.porpoise.store.RunStore.SlotSum;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;

/** A database that answers when the test says so. */
final class Reads implements RunStore {
  /** A page of an adoption. */
  record Read(
      List<Integer> slots, WorkflowInstanceId after, SingleSubject<RunStore.IdPage> answer) {}

  final ArrayDeque<SingleSubject<List<Command>>> askedForCommands = new ArrayDeque<>();
  final ArrayDeque<Read> asked = new ArrayDeque<>();

  @Override
  public Single<IdPage> nextUnfinished(
      Collection<Integer> slots, WorkflowInstanceId after, int limit, int tasksMax) {
    return Single.defer(
        () -> {
          Read read = new Read(List.copyOf(slots), after, SingleSubject.create());
          asked.add(read);
          return read.answer();
        });
  }

  @Override
  public Single<List<StoredRun>> load(Collection<WorkflowInstanceId> ids) {
    return Single.just(ids.stream().map(Reads::stored).toList());
  }

  private static StoredRun stored(WorkflowInstanceId id) {
    return new StoredRun(
        WorkflowInstance.submitted(id, 1, 1, 1, StartOptions.NONE, "ann", World.GENESIS),
        List.of());
  }

  @Override
  public Single<List<SlotSum>> unfinishedSums(Collection<Integer> slots) {
    return Single.just(List.of());
  }

  @Override
  public Single<List<WorkflowInstanceId>> unfinishedIds(
      Collection<Integer> slots, WorkflowInstanceId after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Single<List<WorkflowInstance>> instances(Collection<WorkflowInstanceId> ids) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Maybe<Startable> startable(String project, String workflow) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Single<List<Command>> commands(Collection<Integer> slots, int limit) {
    return commandsOf(List.of());
  }

  @Override
  public Single<List<Command>> commandsOf(Collection<WorkflowInstanceId> ids) {
    return Single.defer(
        () -> {
          SingleSubject<List<Command>> read = SingleSubject.create();
          askedForCommands.add(read);
          return read;
        });
  }

  @Override
  public Single<VersionedDefinition> definition(long workflowId, int version) {
    throw new UnsupportedOperationException();
  }
}
