package io.porpoise.store.sql;

import io.porpoise.store.contract.InstanceIntakeContract;
import io.porpoise.store.contract.StoreStage;

class SqlInstanceIntakeTest extends InstanceIntakeContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
