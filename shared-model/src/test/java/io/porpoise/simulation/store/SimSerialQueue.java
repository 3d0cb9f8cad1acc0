package io.porpoise.simulation.store;

import io.porpoise.simulation.SimNode;
import io.porpoise.store.SerialQueue;
import io.reactivex.rxjava3.core.Maybe;

/** The queues of serial definitions. */
public final class SimSerialQueue implements SerialQueue {
  private final SimNode node;
  private final SimDatabase database;

  public SimSerialQueue(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Maybe<Place> first(long workflowId) {
    return database
        .call(
            node,
            () ->
                database.serialQueue.entrySet().stream()
                    .filter(entry -> entry.getValue().workflowId() == workflowId)
                    .findFirst()
                    .map(entry -> new Place(entry.getValue().instance(), entry.getKey())))
        .mapOptional(place -> place);
  }
}
