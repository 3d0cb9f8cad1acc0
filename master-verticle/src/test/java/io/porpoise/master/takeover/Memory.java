package io.porpoise.master.takeover;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore.SlotSum;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a shard has in memory, as far as the tests need it. */
final class Memory implements Residents {
  final List<Command> applied = new ArrayList<>();
  final Map<Integer, Long> epochs = new TreeMap<>();
  final List<WorkflowInstanceId> entered = new ArrayList<>();
  final List<Integer> ready = new ArrayList<>();
  String caughtUp;

  @Override
  public boolean isResident(WorkflowInstanceId id) {
    return entered.contains(id);
  }

  @Override
  public boolean hasJust(SlotSum unfinished) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean mayEnter(WorkflowInstanceId id) {
    return true;
  }

  @Override
  public long epoch(int slot) {
    return epochs.getOrDefault(slot, -1L);
  }

  @Override
  public Single<Boolean> enter(StoredRun run, long epoch, long departures) {
    return Single.fromCallable(() -> entered.add(run.instance().id()));
  }

  @Override
  public long departures() {
    return 0;
  }

  @Override
  public boolean hasLeftSince(WorkflowInstanceId id, long departures) {
    return false;
  }

  @Override
  public void unreadable(WorkflowInstanceId id, String why) {
    throw new AssertionError("nothing is set aside here");
  }

  @Override
  public boolean apply(Command command) {
    return applied.add(command);
  }

  @Override
  public void looked(Collection<WorkflowInstanceId> ids) {}

  @Override
  public void refuse(Command command) {}

  @Override
  public void readBegins() {}

  @Override
  public void readEnds() {}

  @Override
  public List<Integer> readySlots() {
    return ready;
  }

  @Override
  public void loaded(Collection<Integer> slots) {
    ready.addAll(slots);
  }

  @Override
  public void caughtUp(int slots, int instances, Duration took) {
    caughtUp = slots + " slots, " + instances + " instances";
  }

  @Override
  public void broken(Throwable why) {
    throw new AssertionError(why);
  }
}
