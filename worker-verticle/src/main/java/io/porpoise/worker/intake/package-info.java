/**
 * What masters ask of a worker: dispatches, kills, reconciliation. Decides who is obeyed (the owner
 * of the slot at the newest epoch heard of) and what is taken (what is not refused); the rest is
 * {@code attempt}'s.
 *
 * <p>The protocol bears lost, late and repeated messages: a dispatch that is held is answered as
 * before; a refusal holds for that number of the dispatch and all before it; a kill of an unknown
 * attempt makes the worker refuse it for good, so that a dispatch that the kill has overtaken
 * starts nothing. A dispatch starts something only in the lease in which its sender has heard from
 * this worker: if the lease has lapsed since, the sender may have given the attempt up.
 */
package io.porpoise.worker.intake;
