package io.porpoise.store.sql;

import io.porpoise.store.contract.StoreStage;
import io.porpoise.store.contract.TaskGroupsContract;

class SqlTaskGroupsTest extends TaskGroupsContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
