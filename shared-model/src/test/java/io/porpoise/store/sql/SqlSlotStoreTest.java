package io.porpoise.store.sql;

import io.porpoise.store.contract.SlotStoreContract;
import io.porpoise.store.contract.StoreStage;

class SqlSlotStoreTest extends SlotStoreContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
