package io.porpoise.store.sql;

import io.porpoise.store.contract.RunStoreContract;
import io.porpoise.store.contract.StoreStage;

class SqlRunStoreTest extends RunStoreContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
