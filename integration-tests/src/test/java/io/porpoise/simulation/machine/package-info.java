/**
 * The machine under a simulated worker: its disk and its processes, which outlive the worker's JVM,
 * and the keeper that kills them when the lease ends. {@link
 * io.porpoise.simulation.machine.SimSpool} and {@link io.porpoise.simulation.machine.SimProcesses}
 * are the ports of one life of the worker on it.
 *
 * <p>What a task would do is scripted: how long it runs, how it ends, whether it heeds TERM.
 */
package io.porpoise.simulation.machine;
