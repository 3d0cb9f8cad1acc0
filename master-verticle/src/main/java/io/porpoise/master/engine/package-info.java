/**
 * What a workflow instance does: pure functions over values. {@code TaskLifecycle} is the life of
 * one attempt, {@code WorkflowLifecycle} that of an instance with all its tasks. No clock, no I/O,
 * no randomness, no ids of its own: they come in with the event, so the same events always give the
 * same steps, in production and in the simulation.
 *
 * <p>Neighbours: {@code shard} feeds the events, writes the changes and performs the effects after
 * the commit.
 */
package io.porpoise.master.engine;
