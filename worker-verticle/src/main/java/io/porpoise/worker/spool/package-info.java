/**
 * The attempts that a worker holds, on disk: one directory each, which outlives the worker's JVM.
 *
 * <p>The protocol: an attempt exists once its directory was made; that happens at most once per
 * task instance id, ever, and is what makes a start happen at most once. Beside it stand the
 * dispatch, the script, the log, and the state that the keeper writes. When the owner has
 * acknowledged its end the directory is released: still readable for a while, because of its log,
 * but of no interest to a later life of the worker.
 *
 * <p>Nothing is forced to disk: after a power loss the processes are gone too, and the owner
 * replaces what the worker no longer knows.
 */
package io.porpoise.worker.spool;
