/**
 * {@code scripts/chaos}: a cluster of processes that works for a {@link
 * io.porpoise.chaos.workload.Workload} while faults of a {@link io.porpoise.chaos.fault.FaultPlan}
 * happen to it, and the judgement of {@link io.porpoise.chaos.check.SideEffectsChecker}.
 */
package io.porpoise.chaos;
