/**
 * Histories: the production classes of masters and workers ({@code MasterNode}, {@code WorkerNode})
 * in a world of models, with users who start, stop and kill, and faults, all drawn from one seed;
 * and a checker that sees everything from outside.
 *
 * <p>{@link io.porpoise.simulation.history.History} plays one seed in three parts: a time with
 * faults, a time without in which everything must end, and a look at what is left behind. {@link
 * io.porpoise.simulation.history.HistoryChecker} holds the invariants, as sentences. How to replay
 * a seed is told in {@code docs/simulation.md}.
 */
package io.porpoise.simulation.history;
