package io.porpoise.master.takeover;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore.SlotSum;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The memory that is filled. */
public interface Residents {
  boolean isResident(WorkflowInstanceId id);

  /** Whether the instances in memory of that slot are, in number and sum, these. */
  boolean hasJust(SlotSum unfinished);

  /** Whether it may be taken in: its slot is owned and read, and it has not been set aside. */
  boolean mayEnter(WorkflowInstanceId id);

  /** The epoch at which a slot is owned, -1 when it is not. */
  long epoch(int slot);

  /**
   * Takes a run in, unless it is there; completes when its definition is there too.
   *
   * @param epoch of its slot when the rows were asked for: under another one they may be old
   * @param departures {@link #departures} when the rows were asked for
   * @return false when it was in memory meanwhile and has left: what was read of it is old
   */
  Single<Boolean> enter(StoredRun run, long epoch, long departures);

  /** How many instances have left memory until now. */
  long departures();

  /** Whether it has left memory, or may have, since that many had. */
  boolean hasLeftSince(WorkflowInstanceId id, long departures);

  /** It cannot be loaded: it is set aside, so that it holds up nobody else. */
  void unreadable(WorkflowInstanceId id, String why);

  /** False when the command's instance is not in memory: it must be looked at first. */
  boolean apply(Command command);

  /** The command's instance does not exist any more. */
  void refuse(Command command);

  /** Commands are about to be read. */
  void readBegins();

  /** They have been, and what was read has been applied. */
  void readEnds();

  /** All that there is to know of these has been read, and their commands handed in. */
  void looked(Collection<WorkflowInstanceId> ids);

  List<Integer> readySlots();

  /** All unfinished instances of these slots are in memory: they go on. */
  void loaded(Collection<Integer> slots);

  /**
   * Everything that was claimed is loaded.
   *
   * @param took from the first slot that was waiting
   */
  void caughtUp(int slots, int instances, Duration took);

  /** Something that cannot fail has failed. */
  void broken(Throwable why);
}
