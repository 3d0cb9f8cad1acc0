/**
 * Tells the owners how their attempts stand, until they have acknowledged it.
 *
 * <p>The protocol: a report is a whole picture of one attempt at the moment of sending, so that a
 * later one replaces an earlier one and repeats do no harm. One request per owner is under way at a
 * time; what changes meanwhile gathers and goes with the next, so the first report leaves at once
 * and many go together. Unanswered ones are repeated with growing pauses. Only the acknowledgement
 * of an end, by the present owner of the slot, lets the worker forget an attempt. A new owner
 * announces itself by {@code Reconcile}; what was meant for its predecessor then goes to it at
 * once.
 */
package io.porpoise.worker.report;
