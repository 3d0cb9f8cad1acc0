package io.porpoise.store.sql;

import io.porpoise.store.contract.StoreStage;
import io.porpoise.store.contract.WorkflowsContract;

class SqlWorkflowsTest extends WorkflowsContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
