package io.porpoise.store.sql;

import io.porpoise.store.contract.ProjectsContract;
import io.porpoise.store.contract.StoreStage;

class SqlProjectsTest extends ProjectsContract {
  private final SqlStage stage = SqlStage.emptied();

  @Override
  protected StoreStage stage() {
    return stage;
  }
}
