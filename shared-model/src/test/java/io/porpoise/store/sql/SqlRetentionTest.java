package io.porpoise.store.sql;

import io.porpoise.store.contract.RetentionContract;
import io.porpoise.store.contract.StoreStage;

class SqlRetentionTest extends RetentionContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
