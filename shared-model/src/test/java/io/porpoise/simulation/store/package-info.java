/**
 * The database as a model: the tables in memory, every statement or transaction atomic at one
 * moment of the virtual time, its answer on the way back some time later, or lost. Each store
 * interface is a thin view of one node on the one {@link io.porpoise.simulation.store.SimDatabase}.
 */
package io.porpoise.simulation.store;
