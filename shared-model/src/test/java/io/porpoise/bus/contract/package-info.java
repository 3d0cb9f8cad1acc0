/**
 * What every implementation of the bus must do; played on a {@link
 * io.porpoise.cluster.contract.Stage}.
 */
package io.porpoise.bus.contract;
