package io.porpoise.store;

import io.porpoise.cluster.NodeId;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.Collection;
import java.util.List;

/** Who owns which slot: the one authority (DESIGN.md, section 4). */
public interface SlotStore {
  /**
   * One row of the slot table.
   *
   * @param owner null: nobody
   * @param epoch grows by one with every claim; the fencing token of every write
   */
  record SlotRow(int slot, NodeId owner, long incarnation, long epoch) {}

  /** All 1,024 rows, by slot. */
  Single<List<SlotRow>> all();

  /**
   * Takes the slots, each only if its epoch is still the one in {@code expected}, so that two
   * claimants cannot undo each other. Emits the rows that were gained, with their new epochs. Waits
   * for batches in flight of the former owner. A claim that is repeated as it was, after a lost
   * reply, emits what the first one gained and still holds.
   */
  Single<List<SlotRow>> claim(NodeId owner, long incarnation, Collection<SlotRow> expected);

  /** Gives slots up, those of them that are still this owner's. */
  Completable release(NodeId owner, long incarnation, Collection<Integer> slots);
}
