/**
 * The worker: executes the attempts that masters send it, and never sees the database.
 *
 * <p>{@link io.porpoise.worker.WorkerNode} is the whole of it on ports, on one event loop, without
 * Vert.x, so that a simulation can run it on a virtual clock; {@link io.porpoise.worker.Worker}
 * puts it on real ones. Its parts: {@code intake} takes commands, {@code attempt} holds the
 * attempts and their {@code lifecycle}, {@code spool} and {@code process} keep and run them, {@code
 * report} tells their owners, {@code log} serves their logs.
 */
package io.porpoise.worker;
