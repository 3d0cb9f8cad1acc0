/**
 * Real faults on real processes: a cluster works for {@code io.porpoise.chaos.workload} while its
 * parts are killed, frozen and cut off, and {@code io.porpoise.chaos.check} judges what came of it.
 */
package io.porpoise.fault;
