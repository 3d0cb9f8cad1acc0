/**
 * What every implementation of the {@code cluster} ports must do, as suites that each
 * implementation's test extends: the ZooKeeper one in {@code cluster.zookeeper}, the simulated one
 * in {@code simulation}. {@link io.porpoise.cluster.contract.Stage} is what a suite needs of the
 * world it plays in.
 */
package io.porpoise.cluster.contract;
