/**
 * The life of one attempt at its worker, as a pure function: which event leads to which state and
 * effects. No clock, no I/O, no Rx. Performing the effects is {@code attempt}'s business; what the
 * owner makes of the end is the master's.
 */
package io.porpoise.worker.lifecycle;
