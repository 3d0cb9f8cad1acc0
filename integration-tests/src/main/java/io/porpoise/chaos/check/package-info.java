/**
 * Judges what a {@link io.porpoise.chaos.workload.Workload} has left behind, from outside: the
 * public answers about every instance that was accepted, the journal that the tasks wrote, and the
 * traces in the process table, the file system, the database and ZooKeeper.
 *
 * <p>{@link io.porpoise.chaos.check.SideEffectsChecker} is the entrance. {@link
 * io.porpoise.chaos.check.EndRules}, {@link io.porpoise.chaos.check.AttemptRules} and {@link
 * io.porpoise.chaos.check.OrderRules} are pure functions of what was seen; an order beyond that of
 * the DAG (serial execution) is to be one more of them.
 */
package io.porpoise.chaos.check;
