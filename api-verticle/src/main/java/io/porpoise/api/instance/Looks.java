package io.porpoise.api.instance;

import io.porpoise.api.cluster.SlotOwners;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Look;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.List;

/**
 * Tells owners that there are new rows. A hint that may be lost: their sweep finds the rows as
 * well.
 */
public final class Looks {
  private final Bus bus;
  private final SlotOwners owners;

  public Looks(Bus bus, SlotOwners owners) {
    this.bus = bus;
    this.owners = owners;
  }

  public void at(WorkflowInstanceId id) {
    owners.addressOf(id.slot()).ifPresent(address -> bus.send(address, new Look(List.of(id))));
  }
}
