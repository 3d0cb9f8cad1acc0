package io.porpoise.simulation.store;

import io.porpoise.simulation.SimNode;
import io.porpoise.store.IdBlocks;
import io.reactivex.rxjava3.core.Single;

/** Blocks of ids; one whose answer is lost is never used. */
public final class SimIdBlocks implements IdBlocks {
  private final SimNode node;
  private final SimDatabase database;

  public SimIdBlocks(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<Long> reserve(Sequence sequence, int size) {
    return database.call(node, () -> database.reserve(sequence, size));
  }
}
