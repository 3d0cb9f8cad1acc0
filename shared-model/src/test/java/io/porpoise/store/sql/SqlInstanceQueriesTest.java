package io.porpoise.store.sql;

import io.porpoise.store.contract.InstanceQueriesContract;
import io.porpoise.store.contract.StoreStage;

class SqlInstanceQueriesTest extends InstanceQueriesContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
