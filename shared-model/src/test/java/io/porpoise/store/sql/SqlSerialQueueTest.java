package io.porpoise.store.sql;

import io.porpoise.store.contract.SerialQueueContract;
import io.porpoise.store.contract.StoreStage;

class SqlSerialQueueTest extends SerialQueueContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
