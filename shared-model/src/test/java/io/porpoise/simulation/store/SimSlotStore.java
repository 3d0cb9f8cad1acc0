package io.porpoise.simulation.store;

import io.porpoise.cluster.NodeId;
import io.porpoise.simulation.SimNode;
import io.porpoise.store.SlotStore;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The slot table. */
public final class SimSlotStore implements SlotStore {
  private final SimNode node;
  private final SimDatabase database;

  public SimSlotStore(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<List<SlotRow>> all() {
    return database.call(node, database::slots);
  }

  @Override
  public Single<List<SlotRow>> claim(NodeId owner, long incarnation, Collection<SlotRow> expected) {
    List<SlotRow> wanted = List.copyOf(expected);
    return database.call(
        node,
        () -> {
          List<SlotRow> gained = new ArrayList<>();
          for (SlotRow row : wanted) {
            SlotRow claimed = new SlotRow(row.slot(), owner, incarnation, row.epoch() + 1);
            SlotRow present = database.slots.get(row.slot());
            if (present.epoch() == row.epoch()) {
              database.slots.set(row.slot(), claimed);
              gained.add(claimed);
            } else if (present.equals(claimed)) {
              gained.add(claimed); // a repeat, after a lost reply
            }
          }
          return List.copyOf(gained);
        });
  }

  @Override
  public Completable release(NodeId owner, long incarnation, Collection<Integer> slots) {
    TreeSet<Integer> given = new TreeSet<>(slots);
    return database
        .call(
            node,
            () -> {
              for (int slot : given) {
                SlotRow row = database.slots.get(slot);
                if (owner.equals(row.owner()) && row.incarnation() == incarnation) {
                  database.slots.set(slot, new SlotRow(slot, null, 0, row.epoch()));
                }
              }
              return true;
            })
        .ignoreElement();
  }
}
