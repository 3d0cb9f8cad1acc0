package io.porpoise.store.sql;

import io.porpoise.store.contract.IdBlocksContract;
import io.porpoise.store.contract.StoreStage;

class SqlIdBlocksTest extends IdBlocksContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
