/**
 * What every implementation of the stores must do, as suites that each implementation's test
 * extends: the SQL one in {@code store.sql}, on a real database, and the simulated one. {@link
 * io.porpoise.store.contract.StoreStage} is what a suite needs of the world it plays in.
 */
package io.porpoise.store.contract;
