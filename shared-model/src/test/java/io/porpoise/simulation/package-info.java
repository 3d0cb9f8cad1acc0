/**
 * A world on a virtual clock: the ports of this system ({@link io.porpoise.time.Clock}, {@link
 * io.porpoise.bus.Bus}, {@link io.porpoise.cluster.Registry}, and in {@code simulation.store} the
 * stores) as models under one seed.
 *
 * <p>There are no threads. Everything that happens is an event of the {@link
 * io.porpoise.simulation.World}; what belongs to a process is run on its {@link
 * io.porpoise.simulation.SimNode}, which can crash (its callbacks never run), pause (they run when
 * it goes on) and have a drifting clock. The same seed gives the same history to the last event,
 * therefore nothing here iterates over a hash table, asks the real clock, or draws from any other
 * random source.
 *
 * <p>The models give what the real things promise and nothing more: the bus loses, doubles and
 * delays, the registry tells late, the database is atomic but its answers get lost. The same
 * contract suites run over them and over the real adapters. What runs in the world, and what is
 * asserted of it, is not decided here but by the tests that build one.
 */
package io.porpoise.simulation;
