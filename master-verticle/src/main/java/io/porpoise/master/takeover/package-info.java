/**
 * From rows to instances in memory: after a claim ({@code Adoption}: page by page, each slot going
 * on as soon as it is read), on a "look" from an API node, and by the sweep that finds what a lost
 * message would have told ({@code Loader}). Brings commands with it. Never writes.
 *
 * <p>Rows are believed only at the epoch at which they were asked for: a slot that was lost and
 * gained again meanwhile has been written by somebody else.
 */
package io.porpoise.master.takeover;
