/**
 * The logs of attempts, read from any offset while they grow and after their end.
 *
 * <p>The protocol: a reader asks for bytes from an offset and waits; it is answered when there are
 * some, when the attempt has ended, or when its patience is over. The worker keeps no state between
 * two requests, so a slow reader costs nothing and any reader can go on where another has stopped.
 * Whatever a process wrote appears unchanged: the bytes come from the file that it writes to.
 */
package io.porpoise.worker.log;
