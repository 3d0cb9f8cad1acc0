/**
 * The processes of the attempts. {@link io.porpoise.worker.process.Processes} is the port; the real
 * one talks to the keeper ({@code keeper.sh}), a small process that outlives the JVM, starts,
 * watches and kills the tasks' process trees, and kills them all when the JVM stops renewing the
 * lease.
 *
 * <p>What has happened to a process stands in its attempt's directory, written by the keeper; the
 * events of {@link io.porpoise.worker.process.ProcessEvent} only tell it sooner. Which attempts
 * there are, and who wants to know of them, is not known here.
 */
package io.porpoise.worker.process;
